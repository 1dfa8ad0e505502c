# An invented service: a role, a bucket and who may use them.

variable "stage" {
  type    = string
  default = "dev"
}

locals {
  data = "arn:aws:s3:::otter-${var.stage}"
}

data "aws_caller_identity" "current" {}

resource "aws_s3_bucket" "logs" {
  bucket_prefix = "otter-logs-"
}

data "aws_iam_policy_document" "write" {
  statement {
    sid       = "Own"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.logs.arn}/&{aws:username}/*"]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestedRegion"
      values   = ["eu-west-1"]
    }
  }

  dynamic "statement" {
    for_each = var.more
    content {
      actions   = ["s3:GetObject"]
      resources = [statement.value]
    }
  }
}

resource "aws_iam_policy" "write" {
  name   = "write"
  policy = data.aws_iam_policy_document.write.json
}

resource "aws_iam_role" "worker" {
  name = "worker"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "read" {
  role   = aws_iam_role.worker.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObjekt", Resource = "${local.data}/*" }]
  })
}

resource "aws_iam_role_policy_attachment" "write" {
  role       = aws_iam_role.worker.name
  policy_arn = aws_iam_policy.write.arn
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [{
        "Effect": "Allow",
        "Principal": { "AWS": "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" },
        "Action": "s3:GetObject",
        "Resource": "${aws_s3_bucket.logs.arn}/*"
      }]
    }
  EOT
}

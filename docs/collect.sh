#!/bin/sh
# Prints a network into a folder, for `polsim reach --network FOLDER`. It only reads: every command describes or gets.
#
#   sh docs/collect.sh vpc-0d1e2f3a4b5c6d7e8 network [MODEL]
#
# Region and credentials are those of the AWS CLI (AWS_REGION, AWS_PROFILE). With the name of a SageMaker model its
# description is printed into `model.json` beside the folder.
set -eu

vpc=${1:?'usage: sh collect.sh VPC FOLDER [MODEL]'}
to=${2:?'usage: sh collect.sh VPC FOLDER [MODEL]'}
model=${3:-}
mkdir -p "$to"

export AWS_PAGER=
in_vpc="Name=vpc-id,Values=$vpc"

aws ec2 describe-vpcs --output json --vpc-ids "$vpc" > "$to/vpcs.json"
aws ec2 describe-vpc-attribute --output json --vpc-id "$vpc" --attribute enableDnsSupport > "$to/$vpc-dns-support.json"
aws ec2 describe-vpc-attribute --output json --vpc-id "$vpc" --attribute enableDnsHostnames > "$to/$vpc-dns-hostnames.json"
aws ec2 describe-subnets --output json --filters "$in_vpc" > "$to/subnets.json"
aws ec2 describe-route-tables --output json --filters "$in_vpc" > "$to/route-tables.json"
aws ec2 describe-vpc-endpoints --output json --filters "$in_vpc" > "$to/vpc-endpoints.json"
aws ec2 describe-nat-gateways --output json --filter "$in_vpc" > "$to/nat-gateways.json"
aws ec2 describe-internet-gateways --output json --filters "Name=attachment.vpc-id,Values=$vpc" > "$to/internet-gateways.json"
aws ec2 describe-security-groups --output json --filters "$in_vpc" > "$to/security-groups.json"
aws ec2 describe-network-acls --output json --filters "$in_vpc" > "$to/network-acls.json"
aws ec2 describe-network-interfaces --output json --filters "$in_vpc" > "$to/network-interfaces.json"
aws ec2 describe-prefix-lists --output json > "$to/prefix-lists.json"

# Prefix lists of your own are not among those, and their entries are printed without the name of the list.
lists=$(
    aws ec2 describe-managed-prefix-lists --output text \
        --query "PrefixLists[?OwnerId!='AWS'].PrefixListId"
)
for list in $lists; do
    aws ec2 get-managed-prefix-list-entries --output json --prefix-list-id "$list" > "$to/$list.json"
done

if [ -n "$model" ]; then
    aws sagemaker describe-model --output json --model-name "$model" > "$(dirname "$to")/model.json"
fi

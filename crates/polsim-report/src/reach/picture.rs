//! The answer as a picture: a lane for each subnet, from the workload on the left to the service on the right.
//!
//! A newcomer would doubt the colours: what they say stands in signs and words beside them.

use super::answer::Reached;
use super::lane::Lane;
use super::svg::{Svg, short};

const STYLE: &str = "\
text{font:13px system-ui,sans-serif;fill:#1f2328}\
.big{font-size:15px;font-weight:600}.small{font-size:11px;fill:#59636e}\
.paper{fill:#fff}.vpc{fill:#f6f8fa;stroke:#8c959f;stroke-dasharray:6 4}\
.box{fill:#fff;stroke:#8c959f}\
.line{fill:none;stroke-width:2.5}\
.line.good{stroke:#1a7f37}.line.bad{stroke:#cf222e}.line.open{stroke:#9a6700;stroke-dasharray:5 4}\
.line.plain{stroke:#8c959f}.head.plain{fill:#8c959f}\
.head.good{fill:#1a7f37}.head.bad{fill:#cf222e}.head.open{fill:#9a6700}\
.word{font-weight:600}.word.good{fill:#1a7f37}.word.bad{fill:#cf222e}.word.open{fill:#9a6700}\
.edge{fill:#fff;stroke-width:2}.edge.good{stroke:#1a7f37}.edge.bad{stroke:#cf222e}.edge.open{stroke:#9a6700}";

const WIDTH: i32 = 1040;
const TOP: i32 = 96;
const LANE: i32 = 96;
const BOX: i32 = 64;

/// Where the boxes of a lane begin, and how wide they are.
const WORKLOAD: (i32, i32) = (16, 132);
const SUBNET: (i32, i32) = (196, 196);
const TABLE: (i32, i32) = (424, 208);
const WAY: (i32, i32) = (664, 188);
const SERVICE: (i32, i32) = (904, 120);

/// The picture, as SVG.
#[must_use]
pub fn picture(reached: &Reached) -> String {
    let lanes: Vec<Lane> = reached.subnets.iter().map(Lane::of).collect();
    let count = i32::try_from(lanes.len()).unwrap_or(1).max(1);
    let height = TOP + count * LANE + 24;
    let mut svg = Svg::new();
    svg.rect(0, 0, WIDTH, height, "paper");
    svg.text(16, 30, &short(&format!("{} on {}", reached.action, reached.resource), 100), "big");
    svg.text(16, 50, &short(&by(reached), 130), "small");
    let inner = TOP + count * LANE;
    svg.rect(SUBNET.0 - 16, TOP - 30, TABLE.0 + TABLE.1 - SUBNET.0 + 32, count * LANE + 36, "vpc");
    svg.text(SUBNET.0 - 4, TOP - 12, &short(&vpc(reached), 50), "small");
    let middle = i32::midpoint(TOP, inner - LANE + BOX);
    let workload = reached.workload.split_once(' ').unwrap_or(("", &reached.workload));
    block(&mut svg, WORKLOAD, middle, "box", [workload.1, workload.0, ""]);
    let service_top = TOP.min(middle - BOX / 2);
    svg.rect(SERVICE.0, service_top, SERVICE.1, (inner - LANE + BOX - TOP).max(BOX), "box");
    svg.text(SERVICE.0 + 10, middle, &short(&reached.service, 16), "big");
    svg.text(SERVICE.0 + 10, middle + 18, reached.region.as_deref().unwrap_or(""), "small");
    let mut top = TOP;
    for lane in &lanes {
        draw(&mut svg, lane, top, middle);
        top += LANE;
    }
    svg.whole(WIDTH, height, STYLE, &title(reached), &description(reached))
}

/// A lane, whose boxes begin at a height.
fn draw(svg: &mut Svg, lane: &Lane, top: i32, middle: i32) {
    let at = top + BOX / 2;
    svg.arrow((right(WORKLOAD), middle), (SUBNET.0, at), "plain");
    let [name, id, place] = &lane.subnet;
    block(svg, SUBNET, at, "box", [name, if name == id { "" } else { id }, place]);
    svg.arrow((right(SUBNET), at), (TABLE.0, at), lane.class);
    block(svg, TABLE, at, "box", lane.table.each_ref().map(String::as_str));
    let Some(way) = &lane.way else {
        svg.arrow((right(TABLE), at), (WAY.0 + 8, at), lane.class);
        svg.cross(WAY.0 + 24, at, lane.class);
        svg.text(WAY.0 + 44, at + 5, &lane.outcome, word(lane.class));
        return;
    };
    svg.arrow((right(TABLE), at), (WAY.0, at), lane.class);
    block(svg, WAY, at, edge(lane.class), way.each_ref().map(String::as_str));
    if lane.arrives {
        svg.arrow((right(WAY), at), (SERVICE.0, at), lane.class);
    } else {
        svg.cross(right(WAY) + 16, at, lane.class);
    }
    let below = at + BOX / 2 + 16;
    svg.text(WAY.0, below, &lane.outcome, word(lane.class));
    svg.text(WAY.0 + 78, below, &short(&lane.because, 52), "small");
}

/// A box around a height, with a name and two lines below it.
fn block(
    svg: &mut Svg,
    (x, width): (i32, i32),
    at: i32,
    class: &'static str,
    [name, second, third]: [&str; 3],
) {
    let most = usize::try_from((width - 20) / 7).unwrap_or(10);
    svg.rect(x, at - BOX / 2, width, BOX, class);
    let lines: Vec<&str> = [second, third].into_iter().filter(|line| !line.is_empty()).collect();
    let first = at + 4 - i32::try_from(lines.len()).unwrap_or(0) * 8;
    svg.text(x + 10, first, &short(name, most), "word");
    let mut below = first;
    for line in lines {
        below += 16;
        svg.text(x + 10, below, &short(line, most + 2), "small");
    }
}

fn right((x, width): (i32, i32)) -> i32 {
    x + width
}

fn word(class: &'static str) -> &'static str {
    match class {
        "good" => "word good",
        "bad" => "word bad",
        _ => "word open",
    }
}

fn edge(class: &'static str) -> &'static str {
    match class {
        "good" => "edge good",
        "bad" => "edge bad",
        _ => "edge open",
    }
}

fn by(reached: &Reached) -> String {
    let role = reached.role.as_ref().map_or(String::new(), |role| format!(" with {role}"));
    format!("{}{role}", reached.workload)
}

fn vpc(reached: &Reached) -> String {
    let vpc = reached.subnets.iter().map(|subnet| subnet.path.vpc.as_str()).find(|vpc| !vpc.is_empty());
    vpc.unwrap_or("VPC").to_owned()
}

fn title(reached: &Reached) -> String {
    format!("{}: {}", reached.conclusion().words(), reached.headline())
}

/// What the picture shows, for who cannot see it.
fn description(reached: &Reached) -> String {
    let lanes: Vec<String> = reached
        .subnets
        .iter()
        .map(|subnet| format!("{}: {}, {}{}.", subnet.name, subnet.way(), subnet.outcome(), subnet.because()))
        .collect();
    lanes.join(" ")
}

//! Where the records of a graph stand: those that are alike pull at each other, all others push.

pub const WIDTH: f32 = 640.0;
pub const HEIGHT: f32 = 420.0;
const MARGIN_X: f32 = 56.0;
const MARGIN_Y: f32 = 28.0;
/// More would be a thicket.
const NODES_MAX: usize = 64;
const ROUNDS: usize = 160;

#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub id: String,
    pub x: f32,
    pub y: f32,
    /// Whether its neighbours are in the graph.
    pub is_open: bool,
}

/// The same clicks make the same graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    pub nodes: Vec<Node>,
    edges: Vec<(usize, usize)>,
}

impl Graph {
    pub fn of(id: String) -> Self {
        let node = Node { id, x: WIDTH / 2.0, y: HEIGHT / 2.0, is_open: false };
        Self { nodes: vec![node], edges: Vec::new() }
    }

    /// Puts the neighbours of a record in, and tells how many there was no room for.
    pub fn open(&mut self, at: usize, neighbours: &[String]) -> usize {
        let Some(middle) = self.nodes.get_mut(at) else { return 0 };
        middle.is_open = true;
        let (x, y) = (middle.x, middle.y);
        let mut left_out = 0;
        for (nth, id) in neighbours.iter().enumerate() {
            let known = self.nodes.iter().position(|node| node.id == *id);
            let to = match known {
                Some(to) => to,
                None if self.nodes.len() < NODES_MAX => {
                    // Around it, not on top of each other: what follows only mends.
                    let angle = nth as f32 / neighbours.len() as f32 * std::f32::consts::TAU + at as f32;
                    let node = Node {
                        id: id.clone(),
                        x: x + 40.0 * angle.cos(),
                        y: y + 40.0 * angle.sin(),
                        is_open: false,
                    };
                    self.nodes.push(node);
                    self.nodes.len() - 1
                }
                None => {
                    left_out += 1;
                    continue;
                }
            };
            let edge = (at.min(to), at.max(to));
            if at != to && !self.edges.contains(&edge) {
                self.edges.push(edge);
            }
        }
        self.settle();
        left_out
    }

    pub fn lines(&self) -> impl Iterator<Item = (&Node, &Node)> {
        self.edges.iter().map(|(one, other)| (&self.nodes[*one], &self.nodes[*other]))
    }

    fn settle(&mut self) {
        let space = WIDTH * HEIGHT / self.nodes.len().max(1) as f32;
        let apart = 0.7 * space.sqrt();
        for round in 0..ROUNDS {
            let step_max = 24.0 * (1.0 - round as f32 / ROUNDS as f32) + 0.5;
            let forces = self.forces(apart);
            for (node, (dx, dy)) in self.nodes.iter_mut().zip(forces) {
                let force = dx.hypot(dy).max(1e-6);
                let step = force.min(step_max) / force;
                node.x = (node.x + dx * step).clamp(MARGIN_X, WIDTH - MARGIN_X);
                node.y = (node.y + dy * step).clamp(MARGIN_Y, HEIGHT - MARGIN_Y);
            }
        }
    }

    fn forces(&self, apart: f32) -> Vec<(f32, f32)> {
        let mut forces = vec![(0.0, 0.0); self.nodes.len()];
        let mut pull = |one: usize, other: usize, by: &dyn Fn(f32) -> f32| {
            let (a, b) = (&self.nodes[one], &self.nodes[other]);
            let (dx, dy) = (b.x - a.x, b.y - a.y);
            let far = dx.hypot(dy).max(1.0);
            let force = by(far) / far;
            for (nth, sign) in [(one, 1.0), (other, -1.0)] {
                forces[nth].0 += sign * force * dx;
                forces[nth].1 += sign * force * dy;
            }
        };
        for one in 0..self.nodes.len() {
            for other in one + 1..self.nodes.len() {
                pull(one, other, &|far| -apart * apart / far);
            }
        }
        for (one, other) in &self.edges {
            pull(*one, *other, &|far| far * far / apart);
        }
        forces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(names: &str) -> Vec<String> {
        names.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn neighbours_join_what_is_there() {
        let mut graph = Graph::of("a".into());
        assert_eq!(graph.open(0, &ids("b c d")), 0);
        assert_eq!((graph.nodes.len(), graph.lines().count()), (4, 3));
        graph.open(1, &ids("a c e"));
        assert_eq!((graph.nodes.len(), graph.lines().count()), (5, 5), "one is new, and a to b was there");
        graph.open(1, &ids("a c e"));
        assert_eq!((graph.nodes.len(), graph.lines().count()), (5, 5));
        assert!(graph.nodes[1].is_open && !graph.nodes[2].is_open);
    }

    #[test]
    fn all_stand_inside_and_apart() {
        let mut graph = Graph::of("a".into());
        graph.open(0, &ids("b c d e f g h"));
        graph.open(3, &ids("i j k l m n o"));
        for (nth, node) in graph.nodes.iter().enumerate() {
            assert!((MARGIN_X..=WIDTH - MARGIN_X).contains(&node.x), "{node:?}");
            assert!((MARGIN_Y..=HEIGHT - MARGIN_Y).contains(&node.y), "{node:?}");
            for other in &graph.nodes[nth + 1..] {
                assert!((node.x - other.x).hypot(node.y - other.y) > 20.0, "{node:?} {other:?}");
            }
        }
    }

    #[test]
    fn there_is_room_for_so_many() {
        let mut graph = Graph::of("a".into());
        let many: Vec<_> = (0..70).map(|nth| nth.to_string()).collect();
        assert_eq!(graph.open(0, &many), 70 - (NODES_MAX - 1));
        assert_eq!(graph.nodes.len(), NODES_MAX);
        assert_eq!(graph.open(NODES_MAX, &many), 0, "there is no such record");
    }
}

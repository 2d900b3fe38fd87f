//! The reduced close in Rust, for Stateright. ../README.md has it in words.
//!
//! reduced-close D M K THREADS explores it, breadth first, and prints its counts.
//!
//! A segment (seq, end, ack) is the number 1 + (seq * P + end) * P + ack with P = D + 2, so that D may be 4 at most; 0 is
//! none. A net is K of them in descending order, empty places last.

use stateright::{Checker, Model, Property};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Status {
    Established,
    FinWait1,
    FinWait2,
    Closing,
    TimeWait,
    CloseWait,
    LastAck,
    Closed,
}
use Status::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Side<const K: usize> {
    state: Status,
    una: u8,
    nxt: u8,
    rcv: u8,
    pending: bool,
    hole: bool,
    net: [u8; K],
}

impl<const K: usize> Side<K> {
    fn closing(&self) -> bool {
        !matches!(self.state, Established | CloseWait)
    }

    fn room(&self) -> bool {
        self.state != Closed && self.net[K - 1] == 0
    }

    fn drop(&mut self, n: usize) {
        self.net.copy_within(n + 1.., n);
        self.net[K - 1] = 0;
    }
}

type State<const K: usize> = [Side<K>; 2];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Action {
    Close(usize),
    Transmit(usize, u8),
    Retransmit(usize),
    Ack(usize),
    Expire(usize),
    Deliver(usize, usize),
    Duplicate(usize, usize),
    Lose(usize, usize),
}
use Action::*;

struct Reduced<const K: usize> {
    d: u8,
    m: u8,
}

impl<const K: usize> Reduced<K> {
    fn send(&self, s: &mut Side<K>, seq: u8, end: u8) {
        let p = self.d + 2;
        let mut g = 1 + (seq * p + end) * p + s.rcv;
        if !s.net.contains(&g) {
            for place in s.net.iter_mut() {
                if *place < g {
                    std::mem::swap(place, &mut g);
                }
            }
        }
        s.pending = false;
    }

    fn arrives(&self, s: &mut Side<K>, g: u8) {
        if s.state == Closed {
            return;
        }
        let p = self.d + 2;
        let (seq, end, ack) = ((g - 1) / (p * p), (g - 1) / p % p, (g - 1) % p);
        s.una = s.una.max(ack);
        if seq < end {
            s.pending = true;
            if seq <= s.rcv && s.rcv < end {
                s.hole |= seq > s.rcv;
                s.rcv = end;
            }
        }
        if s.una == self.d + 1 {
            s.state = match s.state {
                FinWait1 => FinWait2,
                Closing => TimeWait,
                LastAck => {
                    s.pending = false;
                    Closed
                }
                other => other,
            };
        }
        if s.rcv == self.d + 1 {
            s.state = match s.state {
                Established => CloseWait,
                FinWait1 => Closing,
                FinWait2 => TimeWait,
                other => other,
            };
        }
    }
}

/// both makes a property of a claim about a side and its peer.
macro_rules! both {
    ($name:literal, |$model:ident, $s:ident, $peer:ident| $claim:expr) => {
        Property::always($name, |$model: &Self, state: &State<K>| {
            [(0, 1), (1, 0)].iter().all(|&(i, j)| {
                let ($s, $peer) = (&state[i], &state[j]);
                let _ = $model;
                $claim
            })
        })
    };
}

impl<const K: usize> Model for Reduced<K> {
    type State = State<K>;
    type Action = Action;

    fn init_states(&self) -> Vec<State<K>> {
        let side = Side { state: Established, una: 0, nxt: 0, rcv: 0, pending: false, hole: false, net: [0; K] };
        vec![[side; 2]]
    }

    fn actions(&self, state: &State<K>, actions: &mut Vec<Action>) {
        let p = self.d + 2;
        for (i, s) in state.iter().enumerate() {
            let peer = &state[1 - i];
            if !s.closing() && s.nxt == self.d {
                actions.push(Close(i));
            }
            if s.room() {
                for end in s.nxt + 1..=(s.nxt + self.m).min(self.d) {
                    actions.push(Transmit(i, end));
                }
                if s.nxt == self.d && s.closing() {
                    actions.push(Transmit(i, self.d + 1));
                }
                if s.una < s.nxt && s.net.iter().all(|&g| g <= p) {
                    actions.push(Retransmit(i));
                }
                if s.pending {
                    actions.push(Ack(i));
                }
            }
            if s.state == TimeWait && s.net[0] == 0 && peer.net[0] == 0 && peer.una == peer.nxt {
                actions.push(Expire(i));
            }
            for (n, _) in s.net.iter().enumerate().take_while(|&(_, &g)| g != 0) {
                actions.extend([Deliver(i, n), Duplicate(i, n), Lose(i, n)]);
            }
        }
    }

    fn next_state(&self, last: &State<K>, action: Action) -> Option<State<K>> {
        let mut next = *last;
        match action {
            Close(i) => next[i].state = if last[i].state == Established { FinWait1 } else { LastAck },
            Transmit(i, end) => {
                self.send(&mut next[i], last[i].nxt, end);
                next[i].nxt = end;
            }
            Retransmit(i) => {
                let s = &last[i];
                let end = if s.una == self.d { self.d + 1 } else { (s.una + self.m).min(s.nxt).min(self.d) };
                self.send(&mut next[i], s.una, end);
            }
            Ack(i) => self.send(&mut next[i], 0, 0),
            Expire(i) => {
                next[i].state = Closed;
                next[i].pending = false;
            }
            Deliver(i, n) => {
                next[i].drop(n);
                self.arrives(&mut next[1 - i], last[i].net[n]);
            }
            Duplicate(i, n) => self.arrives(&mut next[1 - i], last[i].net[n]),
            Lose(i, n) => next[i].drop(n),
        }
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            both!("what is acknowledged was received, without a hole, and what was received was sent", |model, s, peer| {
                s.una <= peer.rcv && peer.rcv <= s.nxt && !peer.hole
            }),
            both!("the end of the stream is the peer's FIN, after its CLOSE", |model, s, peer| {
                s.rcv <= model.d || peer.nxt == model.d + 1 && peer.closing()
            }),
            both!("who is CLOSED has delivered and received everything", |model, s, peer| {
                s.state != Closed || s.una == model.d + 1 && s.rcv == model.d + 1 && peer.rcv == model.d + 1
            }),
            both!("who is CLOSED leaves the peer in TIME-WAIT, or CLOSED", |model, s, peer| {
                s.state != Closed || matches!(peer.state, TimeWait | Closed)
            }),
        ]
    }
}

fn explore<const K: usize>(d: u8, m: u8, threads: usize) {
    let checker = Reduced::<K> { d, m }.checker().threads(threads).spawn_bfs().join();
    checker.assert_properties();
    // Stateright counts the initial state among those generated.
    println!("states {} generated {}", checker.unique_state_count(), checker.state_count());
}

fn main() {
    let numbers: Vec<usize> = std::env::args().skip(1).map(|a| a.parse().expect("a number")).collect();
    let [d, m, k, threads] = numbers[..] else { panic!("usage: reduced-close D M K THREADS") };
    assert!((1..=4).contains(&d) && m >= 1, "D must be from 1 to 4, M at least 1");
    match k {
        1 => explore::<1>(d as u8, m as u8, threads),
        2 => explore::<2>(d as u8, m as u8, threads),
        3 => explore::<3>(d as u8, m as u8, threads),
        _ => panic!("K must be from 1 to 3"),
    }
}

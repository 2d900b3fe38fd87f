-- The reduced close in Murphi, for rumur. README.md has it in words.
--
-- A segment (seq, till, ack) is the number 1 + (seq * P + till) * P + ack; 0 is none. A net is K of them in descending order, empty
-- places last, so that equal sets are equal arrays.

const
  D: 2;
  M: 1;
  K: 2;
  P: D + 2;

type
  side: 0..1;
  place: 0..K - 1;
  position: 0..D + 1;
  segment: 0..P * P * P;
  status: enum { ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSING, TIME_WAIT, CLOSE_WAIT, LAST_ACK, CLOSED };
  endpoint: record
    state: status;
    una: position;
    nxt: position;
    rcv: position;
    pending: boolean;
    hole: boolean;
    net: array[place] of segment;
  end;

var
  s: array[side] of endpoint;

function closing(i: side): boolean;
begin
  return s[i].state != ESTABLISHED & s[i].state != CLOSE_WAIT;
end;

function room(i: side): boolean;
begin
  return s[i].state != CLOSED & s[i].net[K - 1] = 0;
end;

-- Is text or a FIN in flight? A bare ACK is less than P + 1.
function sending(i: side): boolean;
begin
  return exists n: place do s[i].net[n] > P end;
end;

-- Puts a segment into the net of side i, where there is room; an equal one absorbs it.
procedure send(i: side; seq: position; till: position);
var
  g: segment;
  h: segment;
begin
  g := 1 + (seq * P + till) * P + s[i].rcv;
  if !exists n: place do s[i].net[n] = g end then
    for n: place do
      if s[i].net[n] < g then
        h := s[i].net[n];
        s[i].net[n] := g;
        g := h;
      end;
    end;
  end;
  s[i].pending := false;
end;

procedure drop(i: side; n: place);
begin
  for m: place do
    if m >= n & m < K - 1 then
      s[i].net[m] := s[i].net[m + 1];
    end;
  end;
  s[i].net[K - 1] := 0;
end;

procedure arrives(i: side; g: segment);
var
  seq: position;
  till: position;
  ack: position;
begin
  if s[i].state != CLOSED then
    ack := (g - 1) % P;
    till := ((g - 1) / P) % P;
    seq := (g - 1) / (P * P);
    if ack > s[i].una then
      s[i].una := ack;
    end;
    if seq < till then
      s[i].pending := true;
      if seq <= s[i].rcv & s[i].rcv < till then
        s[i].hole := s[i].hole | seq > s[i].rcv;
        s[i].rcv := till;
      end;
    end;
    if s[i].una = D + 1 then
      switch s[i].state
        case FIN_WAIT_1: s[i].state := FIN_WAIT_2;
        case CLOSING: s[i].state := TIME_WAIT;
        case LAST_ACK: s[i].state := CLOSED; s[i].pending := false;
      end;
    end;
    if s[i].rcv = D + 1 then
      switch s[i].state
        case ESTABLISHED: s[i].state := CLOSE_WAIT;
        case FIN_WAIT_1: s[i].state := CLOSING;
        case FIN_WAIT_2: s[i].state := TIME_WAIT;
      end;
    end;
  end;
end;

startstate
begin
  for i: side do
    s[i].state := ESTABLISHED;
    s[i].una := 0;
    s[i].nxt := 0;
    s[i].rcv := 0;
    s[i].pending := false;
    s[i].hole := false;
    for n: place do
      s[i].net[n] := 0;
    end;
  end;
end;

ruleset i: side do

  rule "Close" !closing(i) & s[i].nxt = D ==>
  begin
    if s[i].state = ESTABLISHED then
      s[i].state := FIN_WAIT_1;
    else
      s[i].state := LAST_ACK;
    end;
  end;

  ruleset n: 1..M do
    rule "Transmit text" s[i].nxt + n <= D & room(i) ==>
    begin
      send(i, s[i].nxt, s[i].nxt + n);
      s[i].nxt := s[i].nxt + n;
    end;
  end;

  rule "Transmit FIN" s[i].nxt = D & closing(i) & room(i) ==>
  begin
    send(i, D, D + 1);
    s[i].nxt := D + 1;
  end;

  rule "Retransmit" s[i].una < s[i].nxt & room(i) & !sending(i) ==>
  var
    till: 0..D + M;
  begin
    if s[i].una = D then
      till := D + 1;
    else
      till := s[i].una + M;
      if till > s[i].nxt then
        till := s[i].nxt;
      end;
      if till > D then
        till := D;
      end;
    end;
    send(i, s[i].una, till);
  end;

  rule "Ack" s[i].pending & room(i) ==>
  begin
    send(i, 0, 0);
  end;

  rule "Expire" s[i].state = TIME_WAIT & s[i].net[0] = 0 & s[1 - i].net[0] = 0 & s[1 - i].una = s[1 - i].nxt ==>
  begin
    s[i].state := CLOSED;
    s[i].pending := false;
  end;

  ruleset n: place do
    rule "Deliver" s[i].net[n] != 0 ==>
    var
      g: segment;
    begin
      g := s[i].net[n];
      drop(i, n);
      arrives(1 - i, g);
    end;

    rule "Duplicate" s[i].net[n] != 0 ==>
    begin
      arrives(1 - i, s[i].net[n]);
    end;

    rule "Lose" s[i].net[n] != 0 ==>
    begin
      drop(i, n);
    end;
  end;

end;

-- rumur takes a state without a rule for a deadlock. This one is none.
rule "the end" forall i: side do s[i].state = CLOSED & s[i].net[0] = 0 end ==>
begin
end;

invariant "what is acknowledged was received, without a hole, and what was received was sent"
  forall i: side do
    s[i].una <= s[1 - i].rcv & s[1 - i].rcv <= s[i].nxt & !s[1 - i].hole
  end;

invariant "the end of the stream is the peer's FIN, after its CLOSE"
  forall i: side do
    s[i].rcv = D + 1 -> s[1 - i].nxt = D + 1 & closing(1 - i)
  end;

invariant "who is CLOSED has delivered and received everything"
  forall i: side do
    s[i].state = CLOSED -> s[i].una = D + 1 & s[i].rcv = D + 1 & s[1 - i].rcv = D + 1
  end;

invariant "who is CLOSED leaves the peer in TIME-WAIT, or CLOSED"
  forall i: side do
    s[i].state = CLOSED -> s[1 - i].state = TIME_WAIT | s[1 - i].state = CLOSED
  end;

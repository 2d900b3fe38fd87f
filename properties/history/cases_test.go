package history

// The object by example: each history is written as it is printed.
type objectCase struct {
	name  string
	legal bool
	calls []string
}

func objectCases() []objectCase {
	return []objectCase{
		{"a stream, read in pieces, and its end", true, []string{
			`0 1  A writer 1 0  write("abc") -> ok`, `2 3  A closer 0  closeWrite -> ok`,
			`4 5  B reader 0  read -> "a"`, `6 7  B reader 0  read -> "bc"`, `8 9  B reader 0  read -> EOF`,
		}},
		{"a read that waits for the write", true, []string{
			`0 9  B reader 0  read -> "a"`, `2 3  A writer 1 0  write("a") -> ok`,
		}},
		{"a read that returns before the write begins", false, []string{
			`0 1  B reader 0  read -> "a"`, `2 3  A writer 1 0  write("a") -> ok`,
		}},
		{"two writers at once, in either order", true, []string{
			`0 9  A writer 1 0  write("a") -> ok`, `1 8  A writer 2 0  write("b") -> ok`, `2 7  B reader 0  read -> "ba"`,
		}},
		{"two writers at once, mixed up", false, []string{
			`0 9  A writer 1 0  write("ab") -> ok`, `1 8  A writer 2 0  write("cd") -> ok`, `2 7  B reader 0  read -> "acbd"`,
		}},
		{"two writers one after the other, in the wrong order", false, []string{
			`0 1  A writer 1 0  write("a") -> ok`, `2 3  A writer 2 0  write("b") -> ok`, `0 9  B reader 0  read -> "ba"`,
		}},
		{"two readers at once", true, []string{
			`0 1  A writer 1 0  write("ab") -> ok`, `0 9  B reader 0  read -> "b"`, `0 9  B reader 2 0  read -> "a"`,
		}},
		{"data after the half-close of the other side", true, []string{
			`0 1  A closer 0  closeWrite -> ok`, `2 3  B reader 0  read -> EOF`,
			`4 5  B writer 1 0  write("A") -> ok`, `6 7  A reader 0  read -> "A"`, `8 9  A reader 0  read -> time-out`,
		}},
		{"an end before all is read", false, []string{
			`0 1  A writer 1 0  write("a") -> ok`, `2 3  A closer 0  closeWrite -> ok`, `4 5  B reader 0  read -> EOF`,
		}},
		{"an end that nobody made", false, []string{`0 1  B reader 0  read -> EOF`}},
		{"one's own end read by oneself", false, []string{
			`0 1  B closer 0  closeWrite -> ok`, `2 3  B reader 0  read -> EOF`,
		}},
		{"nothing to read, and no end", true, []string{`8 9  B reader 0  read -> time-out`}},
		{"an end that is not told", false, []string{
			`0 1  A closer 0  closeWrite -> ok`, `8 9  B reader 0  read -> time-out`,
		}},
		{"an octet that is not delivered", false, []string{
			`0 1  A writer 1 0  write("a") -> ok`, `8 9  B reader 0  read -> time-out`,
		}},
		{"a write after the end", false, []string{
			`0 1  A closer 0  closeWrite -> ok`, `2 3  A writer 1 0  write("a") -> ok`,
		}},
		{"a write that is refused after the end", true, []string{
			`0 1  A closer 0  closeWrite -> ok`, `2 3  A writer 1 0  write("a") -> refused`,
		}},
		{"a write that is refused before the end", false, []string{
			`0 1  A writer 1 0  write("a") -> refused`, `2 3  A closer 0  closeWrite -> ok`,
		}},
		{"a reset that nobody caused", false, []string{`0 1  B reader 0  read -> reset`}},
		{"a reset before the abort", false, []string{
			`0 1  B reader 0  read -> reset`, `2 3  A aborter 0  abort -> ok`,
		}},
		{"an abort loses what was written, from some octet on, in both directions", true, []string{
			`0 1  A writer 1 0  write("abc") -> ok`, `0 1  B writer 1 0  write("AB") -> ok`, `2 3  A aborter 0  abort -> ok`,
			`4 5  B reader 0  read -> "ab"`, `6 7  B reader 0  read -> reset`, `8 9  A reader 0  read -> reset`,
		}},
		{"an abort does not lose what is in the middle", false, []string{
			`0 1  A writer 1 0  write("abc") -> ok`, `2 3  A aborter 0  abort -> ok`, `4 5  B reader 0  read -> "ac"`,
		}},
		{"an abort is not an end", false, []string{
			`0 1  A writer 1 0  write("half of") -> ok`, `2 3  A aborter 0  abort -> ok`,
			`4 5  B reader 0  read -> "half of"`, `6 7  B reader 0  read -> EOF`,
		}},
		{"a close that is never acknowledged", false, []string{
			`0 1  A closer 0  closeWrite -> ok`, `2 9  A closer 0  awaitClose -> time-out`, `0 9  B reader 0  read -> EOF`,
		}},
	}
}

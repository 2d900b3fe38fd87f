package main

// reached lists the mutants whose place has been reached since it was last asked, if they are there: the file is
// replaced when they are built in.
func reached() []int { return nil }

package checker

// FairnessKind is how strongly an assumption binds.
type FairnessKind uint8

// The kinds of fairness, for a class of labels. A step of the class is a transition with such a label that changes
// the state; the class is enabled in a state if such a transition leaves it.
const (
	Weak   FairnessKind = iota // not for ever enabled, from some state on, without being taken: WF_vars(A)
	Strong                     // not enabled again and again without being taken again and again: SF_vars(A)
	Finite                     // not taken again and again: the transitions of the class lie on no fair cycle
)

func (k FairnessKind) String() string { return [...]string{"weak", "strong", "finite"}[k] }

// Fairness is a named assumption. Class sorts the labels: those with the same key form one constraint, so that one
// assumption may stand for a constraint per side, or per kind of message, or per message. Keys must be comparable.
type Fairness[A any] struct {
	Name  string
	Kind  FairnessKind
	Class func(side int, a A) (key any, in bool)
}

// WF assumes weak fairness of each class of labels.
func WF[A any](name string, class func(side int, a A) (key any, in bool)) Fairness[A] {
	return Fairness[A]{name, Weak, class}
}

// SF assumes strong fairness of each class of labels.
func SF[A any](name string, class func(side int, a A) (key any, in bool)) Fairness[A] {
	return Fairness[A]{name, Strong, class}
}

// Finitely assumes that steps with these labels are taken only finitely often.
func Finitely[A any](name string, class func(side int, a A) (key any, in bool)) Fairness[A] {
	return Fairness[A]{name, Finite, class}
}

// Labels makes a single class of the labels that satisfy in.
func Labels[A any](in func(side int, a A) bool) func(side int, a A) (any, bool) {
	return func(side int, a A) (any, bool) { return nil, in(side, a) }
}

// PerSide makes two classes, one for each place of the mover, of the labels that satisfy in.
func PerSide[A any](in func(side int, a A) bool) func(side int, a A) (any, bool) {
	return func(side int, a A) (any, bool) { return side, in(side, a) }
}

// constraints are fairness assumptions in numbers. There may be more than 64, so they are lists, not masks.
type constraints struct {
	of     [][]uint32 // by label: the weak and strong constraints that it belongs to
	strong []bool     // by constraint
	finite []bool     // by label: it lies on no fair cycle
}

// constrain sorts labels into constraints, numbered in the order of the assumptions, and in each by first label.
func constrain[A any](fair []Fairness[A], labels int, action func(label uint32) (side int, a A)) *constraints {
	c := &constraints{of: make([][]uint32, labels), finite: make([]bool, labels)}
	for _, f := range fair {
		numbers := map[any]uint32{}
		for l := range uint32(labels) {
			key, in := f.Class(action(l))
			if !in {
				continue
			}
			if f.Kind == Finite {
				c.finite[l] = true
				continue
			}
			n, ok := numbers[key]
			if !ok {
				n = uint32(len(c.strong))
				numbers[key] = n
				c.strong = append(c.strong, f.Kind == Strong)
			}
			c.of[l] = append(c.of[l], n)
		}
	}
	return c
}

// Package checker is an explicit-state model checker: it explores every state that a model can reach, exactly, and
// judges safety, witnesses and liveness under fairness. It knows nothing of what is modelled.
package checker

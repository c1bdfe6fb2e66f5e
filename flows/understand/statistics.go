package understand

import (
	"cmp"
	"hash/fnv"
	"math"
	"slices"
	"sync"
)

// model weighs the features of a text against each other: a multinomial logistic
// regression, trained once from the examples in flows/words/heard. It is small
// (a few thousand sentences), needs no file and no service, and gives the same
// weights for the same examples.
type model struct {
	labels  []label
	screens map[string][]int // the labels that only a screen has
	shared  []int            // the labels of every screen
	weights []float32        // of feature f and label l at f*len(labels)+l
}

// label is what a sentence may mean: an intent, and the answer of a screen.
type label struct {
	screen string // "" = every screen
	intent Intent
	answer string // "key=value" of an answer, else ""
}

// example is one labelled sentence.
type example struct {
	screen, said string
	intent       Intent
	answer       string
}

// learned is the model, trained with its first use.
var learned = sync.OnceValue(func() *model { return train(examples()) })

// Prepare learns the examples, unless they are learned already: whoever starts a desk
// calls it, so that no resident waits for that.
func Prepare() { learned() }

// buckets is how many features are told apart; a power of two. Features that
// share one are few enough to do no harm.
const buckets = 1 << 15

// The training: how often every example is seen, and how far a weight moves.
const (
	epochs = 6
	pace   = 0.8
)

// train learns the weights. The order of the examples is the order of learning, so
// they are taken in strides that mix them.
func train(all []example) *model {
	m := &model{screens: make(map[string][]int)}
	truths := make([]int, len(all))
	inputs := make([][]uint32, len(all))
	for i, e := range all {
		truths[i] = m.label(e)
		inputs[i] = features(e.screen, e.said)
	}
	n := len(m.labels)
	m.weights = make([]float32, buckets*n)
	moved := make([]float32, buckets*n)
	for range epochs {
		for k := range all {
			i := int(uint64(k) * 7919 % uint64(len(all)))
			m.learn(inputs[i], all[i].screen, truths[i], moved)
		}
	}
	return m
}

// label gives the index of an example's label, a new one when it is the first.
func (m *model) label(e example) int {
	l := label{"", e.intent, e.answer}
	if e.intent == Yes || e.intent == No || e.intent == Unsure || e.intent == Answer {
		l.screen = e.screen
	}
	if i := slices.Index(m.labels, l); i >= 0 {
		return i
	}
	m.labels = append(m.labels, l)
	i := len(m.labels) - 1
	if l.screen == "" {
		m.shared = append(m.shared, i)
	} else {
		m.screens[l.screen] = append(m.screens[l.screen], i)
	}
	return i
}

// learn moves the weights of one example towards its label.
func (m *model) learn(in []uint32, screen string, truth int, moved []float32) {
	at := m.at(screen)
	for i, p := range m.weigh(in, at) {
		want := 0.0
		if at[i] == truth {
			want = 1
		}
		if d := want - p; math.Abs(d) > 0.01 {
			m.move(in, at[i], float32(d)*norm(in), moved)
		}
	}
}

// move moves the weights of a label by so much for every feature. It touches nothing that
// anybody else sees, and is the most of the work: the race detector need not watch it.
//
//go:norace
func (m *model) move(in []uint32, label int, by float32, moved []float32) {
	n := len(m.labels)
	for _, f := range in {
		at := int(f)*n + label
		moved[at] += by * by
		m.weights[at] += pace * by / float32(math.Sqrt(float64(moved[at])+1e-6))
	}
}

// sum adds the weights that a label has for some features: see move.
//
//go:norace
func (m *model) sum(in []uint32, label int) (sum float32) {
	n := len(m.labels)
	for _, f := range in {
		sum += m.weights[int(f)*n+label]
	}
	return sum
}

func norm(in []uint32) float32 { return float32(1 / math.Sqrt(float64(len(in)+1))) }

// at lists the labels that a screen has.
func (m *model) at(screen string) []int { return slices.Concat(m.shared, m.screens[screen]) }

// weigh gives how likely each of some labels is; together they are 1.
func (m *model) weigh(in []uint32, at []int) []float64 {
	scale := norm(in)
	likely, most := make([]float64, len(at)), math.Inf(-1)
	for i, l := range at {
		likely[i] = float64(m.sum(in, l) * scale)
		most = max(most, likely[i])
	}
	total := 0.0
	for i, score := range likely {
		likely[i] = math.Exp(score - most)
		total += likely[i]
	}
	for i := range likely {
		likely[i] /= total
	}
	return likely
}

// guess is a label with how likely it is, from 0 to 1.
type guess struct {
	label
	likely float64
}

// guesses gives the labels of a screen, the most likely first.
func (m *model) guesses(screen, said string) []guess {
	at := m.at(screen)
	all := make([]guess, len(at))
	for i, p := range m.weigh(features(screen, said), at) {
		all[i] = guess{m.labels[at[i]], p}
	}
	slices.SortFunc(all, func(a, b guess) int {
		return cmp.Or(cmp.Compare(b.likely, a.likely), cmp.Compare(a.intent, b.intent), cmp.Compare(a.answer, b.answer))
	})
	return all
}

func bucket(feature string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(feature))
	return h.Sum32() % buckets
}

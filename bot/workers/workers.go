// Package workers keeps goroutines for work that comes again and again. A fresh
// goroutine grows its stack step by step, a tenth of the desk's time when every
// update and every send had one of its own; one that is kept has grown.
//
// bot/telegram handles updates on them, and bot/outbox sends. The package never
// bounds how much is done at once, and never queues: that is its callers' business.
package workers

import "sync"

// Pool is goroutines, as many as were ever busy at once. Make it with New.
type Pool struct {
	idle chan func()
	stop chan struct{}
	busy sync.WaitGroup
}

// New makes a pool without a goroutine.
func New() *Pool { return &Pool{idle: make(chan func()), stop: make(chan struct{})} }

// Go runs f beside the caller, at once.
func (p *Pool) Go(f func()) {
	p.busy.Add(1)
	select {
	case p.idle <- f:
	default:
		go p.work(f)
	}
}

func (p *Pool) work(f func()) {
	for {
		f()
		p.busy.Done()
		select {
		case f = <-p.idle:
		case <-p.stop:
			return
		}
	}
}

// Wait returns when nothing runs.
func (p *Pool) Wait() { p.busy.Wait() }

// Close lets every goroutine end when it has nothing to do. It is called once, and
// nothing is run after it.
func (p *Pool) Close() { close(p.stop) }

package app

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"powerdesk/bot/admission"
	"powerdesk/bot/outbox"
	"powerdesk/flows/talk"
)

// metrics are what an operator watches. No label holds anything personal.
type metrics struct {
	registry    *prometheus.Registry
	make        promauto.Factory // makes what the registry knows
	turns       *prometheus.HistogramVec
	failures    *prometheus.CounterVec
	conflicts   prometheus.Counter
	repeats     prometheus.Counter
	quarantined prometheus.Counter
	terms       prometheus.Counter
	told, late  prometheus.Counter
	buried      *prometheus.CounterVec
	missed      *prometheus.CounterVec
	turnedAway  map[admission.Reason]prometheus.Counter
}

func newMetrics() *metrics {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m := &metrics{registry: registry, make: promauto.With(registry)}
	m.turns = m.make.NewHistogramVec(prometheus.HistogramOpts{
		Name: "powerdesk_turn_seconds", Help: "From an event's arrival to its commit.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5},
	}, []string{"kind"})
	m.failures = m.counters("powerdesk_turn_failures_total", "Events that could not be stored and come again.", "kind")
	m.buried = m.counters("powerdesk_outbox_buried_total", "Messages given up, by reason.", "reason")
	m.missed = m.counters("powerdesk_broadcast_missed_total",
		"Those of a broadcast among them, by reason: gone = the person cannot be reached.", "reason")
	m.conflicts = m.counter("powerdesk_conflicts_total", "Events decided anew because somebody else changed the same thing.")
	m.repeats = m.counter("powerdesk_repeats_total", "Events that had been stored already and changed nothing.")
	m.quarantined = m.counter("powerdesk_quarantined_total", "Updates that could not be read or handled.")
	m.terms = m.counter("powerdesk_terms_total", "How often this process began to act. One that climbs means a Redis that hangs, or replicas that starve.")
	m.told = m.counter("powerdesk_broadcast_told_total", "People for whom a message of a broadcast was stored.")
	m.late = m.counter("powerdesk_broadcast_late_total", "People for whom a broadcast came too late and was not sent.")
	m.turnedAway = map[admission.Reason]prometheus.Counter{
		admission.TooFast: m.counter("powerdesk_limited_total", "Turns of people who were too fast, confirmed and not handled."),
		admission.Barred:  m.counter("powerdesk_barred_total", "Turns of people on the block list, confirmed and not handled."),
		admission.Crowded: m.counter("powerdesk_crowded_total", "Turns of people who began while too many did, confirmed and not handled."),
	}
	return m
}

func (m *metrics) counter(name, help string) prometheus.Counter {
	return m.make.NewCounter(prometheus.CounterOpts{Name: name, Help: help})
}

// counters are one for each value of the label.
func (m *metrics) counters(name, help, label string) *prometheus.CounterVec {
	return m.make.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, []string{label})
}

func (m *metrics) gauge(name, help string, value func() float64) {
	m.make.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value)
}

func (m *metrics) turn(kind talk.EventKind, took time.Duration, err error) {
	m.turns.WithLabelValues(string(kind)).Observe(took.Seconds())
	if err != nil {
		m.failures.WithLabelValues(string(kind)).Inc()
	}
}

// bury counts a message that was given up.
func (m *metrics) bury(row outbox.Row, reason string) {
	m.buried.WithLabelValues(reason).Inc()
	if row.Say.Of != "" {
		m.missed.WithLabelValues(reason).Inc()
	}
}

// watchTerm exports whether the process acts. Over all replicas the sum is one,
// or nobody acts.
func (m *metrics) watchTerm(leads func() bool) {
	m.gauge("powerdesk_leading", "1 while this process acts, 0 while it stands by.", func() float64 {
		if leads() {
			return 1
		}
		return 0
	})
}

// watch exports what the outbox counts.
func (m *metrics) watch(out *outbox.Outbox, now func() time.Time) {
	counter := func(name, help string, value func(outbox.Stats) int64) {
		m.make.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help}, func() float64 { return float64(value(out.Stats())) })
	}
	counter("powerdesk_outbox_sent_total", "Messages Telegram took.", func(s outbox.Stats) int64 { return s.Sent })
	counter("powerdesk_outbox_replaced_total", "Cards a newer one made needless.", func(s outbox.Stats) int64 { return s.Replaced })
	counter("powerdesk_outbox_retried_total", "Failed sends that are made again.", func(s outbox.Stats) int64 { return s.Retried })
	counter("powerdesk_outbox_floods_total", "429 answers.", func(s outbox.Stats) int64 { return s.Floods })
	m.gauge("powerdesk_outbox_waiting", "Messages in memory that wait.", func() float64 { return float64(out.Stats().Waiting) })
	m.gauge("powerdesk_outbox_oldest_seconds", "Age of the oldest message that waits.", func() float64 {
		if oldest := out.Stats().Oldest; !oldest.IsZero() {
			return now().Sub(oldest).Seconds()
		}
		return 0
	})
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

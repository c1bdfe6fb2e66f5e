package app

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"powerdesk/bot/admission"
	"powerdesk/bot/outbox"
	"powerdesk/flows/talk"
)

// metrics are what an operator watches. No label holds anything personal.
type metrics struct {
	registry    *prometheus.Registry
	turns       *prometheus.HistogramVec
	failures    *prometheus.CounterVec
	conflicts   prometheus.Counter
	repeats     prometheus.Counter
	quarantined prometheus.Counter
	terms       prometheus.Counter
	buried      *prometheus.CounterVec
	turnedAway  map[admission.Reason]prometheus.Counter
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		turns: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "powerdesk_turn_seconds", Help: "From an event's arrival to its commit.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5},
		}, []string{"kind"}),
		failures: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "powerdesk_turn_failures_total", Help: "Events that could not be stored and come again.",
		}, []string{"kind"}),
		conflicts: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "powerdesk_conflicts_total", Help: "Events decided anew because somebody else changed the same thing.",
		}),
		repeats: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "powerdesk_repeats_total", Help: "Events that had been stored already and changed nothing.",
		}),
		quarantined: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "powerdesk_quarantined_total", Help: "Updates that could not be read or handled.",
		}),
		terms: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "powerdesk_terms_total", Help: "How often this process began to act. One that climbs means a Redis that hangs, or replicas that starve.",
		}),
		buried: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "powerdesk_outbox_buried_total", Help: "Messages given up, by reason.",
		}, []string{"reason"}),
	}
	m.turnedAway = make(map[admission.Reason]prometheus.Counter)
	for why, who := range map[admission.Reason]string{
		admission.TooFast: "who were too fast", admission.Barred: "on the block list", admission.Crowded: "who began while too many did",
	} {
		m.turnedAway[why] = prometheus.NewCounter(prometheus.CounterOpts{
			Name: "powerdesk_" + string(why) + "_total", Help: "Turns of people " + who + ", confirmed and not handled.",
		})
		m.registry.MustRegister(m.turnedAway[why])
	}
	m.registry.MustRegister(m.turns, m.failures, m.conflicts, m.repeats, m.quarantined, m.terms, m.buried,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) turn(kind talk.EventKind, took time.Duration, err error) {
	m.turns.WithLabelValues(string(kind)).Observe(took.Seconds())
	if err != nil {
		m.failures.WithLabelValues(string(kind)).Inc()
	}
}

// watchTerm exports whether the process acts. Over all replicas the sum is one,
// or nobody acts.
func (m *metrics) watchTerm(leads func() bool) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(
		prometheus.GaugeOpts{Name: "powerdesk_leading", Help: "1 while this process acts, 0 while it stands by."},
		func() float64 {
			if leads() {
				return 1
			}
			return 0
		}))
}

// watch exports what the outboxes count.
func (m *metrics) watch(out *outboxes, now func() time.Time) {
	counter := func(name, help string, value func(outbox.Stats) int64) {
		m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help},
			func() float64 { return float64(value(out.Stats())) }))
	}
	counter("powerdesk_outbox_sent_total", "Messages Telegram took.", func(s outbox.Stats) int64 { return s.Sent })
	counter("powerdesk_outbox_replaced_total", "Cards a newer one made needless.", func(s outbox.Stats) int64 { return s.Replaced })
	counter("powerdesk_outbox_retried_total", "Failed sends that are made again.", func(s outbox.Stats) int64 { return s.Retried })
	counter("powerdesk_outbox_floods_total", "429 answers.", func(s outbox.Stats) int64 { return s.Floods })
	m.registry.MustRegister(
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "powerdesk_outbox_waiting", Help: "Messages in memory that wait."},
			func() float64 { return float64(out.Stats().Waiting) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "powerdesk_outbox_oldest_seconds", Help: "Age of the oldest message that waits."},
			func() float64 {
				if oldest := out.Stats().Oldest; !oldest.IsZero() {
					return now().Sub(oldest).Seconds()
				}
				return 0
			}),
	)
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

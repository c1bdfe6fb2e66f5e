package understand_test

import (
	"testing"

	"powerdesk/flows/county"
	"powerdesk/flows/understand"
)

var benchmarked = []string{
	"停电了", "我妈在桃园村 一个人 八十多了 家里没电 邻居都有 打13900000001", "the lights are off at my mum's place, she is 84 and on her own, neighbours have power",
}

// BenchmarkDanger is what every text costs, before anything else is asked of it.
func BenchmarkDanger(b *testing.B) {
	for b.Loop() {
		for _, said := range benchmarked {
			understand.Danger(said)
		}
	}
}

// BenchmarkRead is a whole reading of the same texts: compare it with BenchmarkDanger.
func BenchmarkRead(b *testing.B) {
	r := understand.Reader{County: &county.County{}}
	r.Read("first", "x")
	for b.Loop() {
		for _, said := range benchmarked {
			r.Read("outage/neighbours", said)
		}
	}
}

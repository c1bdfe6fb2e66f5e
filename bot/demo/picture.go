package demo

import _ "embed" // for the sample photo

// The photo that people of the demo send, small and large, as Telegram orders sizes: a prepaid meter that shows -0.58 with its yellow trip lamp
// lit, which means that the money is used up and the meter itself has cut the power (DOMAIN §3).
var (
	//go:embed photo/meter_small.png
	meterSmall []byte
	//go:embed photo/meter_large.png
	meterLarge []byte
)

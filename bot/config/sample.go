package config

import _ "embed"

// sampleName is what problems call the embedded sample.
const sampleName = "wuqiao.yaml"

//go:embed wuqiao.yaml
var sample []byte

// Sample is the desk file of Wuqiao as it ships: real towns, everything below
// them invented. It is the file to begin an own one with.
func Sample() []byte { return append([]byte(nil), sample...) }

package duty

import "powerdesk/flows"

// Commands names the crew's commands: none yet.
func (Crew) Commands() []string { return nil }

// Command takes no command yet.
func (Crew) Command(*flows.Turn) bool { return false }

// Due has no reminders yet.
func (Crew) Due(*flows.Turn) {}

// Failed tells nobody yet.
func (Crew) Failed(*flows.Turn) {}

package app

import (
	"context"
	"time"

	"powerdesk/bot/lead"
	"powerdesk/bot/store"
)

// leaseStore is the store as the elector sees it.
type leaseStore struct {
	*store.Store
	leads func() bool
}

var _ lead.LeaseStore = leaseStore{}

func (s leaseStore) Lead(ctx context.Context, owner string, lease time.Duration) (lead.Holder, error) {
	if s.leads() {
		if err := failpoint(ctx, atRenewing); err != nil {
			return lead.Holder{}, err
		}
	}
	holder, err := s.Store.Lead(ctx, owner, lease)
	return lead.Holder{Owner: holder.Owner, Term: holder.Term}, err
}

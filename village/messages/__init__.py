"""Letters to people and news to other programs: the outbox seen by staff, mailings, webhooks."""

"""Tools that know nothing of fairs: database, deeds, languages, guard, jobs, keys, mail, storage, PDF, QR."""

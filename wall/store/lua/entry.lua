-- Notes an act in the audit log.
-- KEYS  audit log, people in it    ARGV  entry as JSON, by, name
note(KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3])
return 1

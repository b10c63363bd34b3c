/** Imported first: functions read the log level when they are loaded, and only warnings belong between tables. */
process.env['POWERTOOLS_LOG_LEVEL'] ??= 'WARN';

package main

import "dalaba/agent/app"

// restart leaves it to the service that started this process: Windows cannot replace one.
func restart() error { return app.ErrRestart }

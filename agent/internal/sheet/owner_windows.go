package sheet

// foreign is not known on Windows, where writing shows it.
func (s *Sheet) foreign() string { return "" }

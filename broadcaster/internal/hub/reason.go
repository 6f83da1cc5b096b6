package hub

import "dalaba/playlists/wire"

// Reason says why a connection ended, or why there was none.
type Reason string

// The reasons.
const (
	ReasonClosing  Reason = "closing"  // the broadcaster goes down
	ReasonReplaced Reason = "replaced" // the same terminal connected again
	ReasonDropped  Reason = "dropped"  // the terminal is not known any more
	ReasonRefused  Reason = "refused"  // it did not prove who it is, or may not come in
	ReasonVersion  Reason = "version"  // the two sides have no version in common
	ReasonProtocol Reason = "protocol" // it said something that is not in the conversation
	ReasonSilent   Reason = "silent"   // it said no hello, or nothing for too long
	ReasonStuck    Reason = "stuck"    // it did not read what was sent to it
	ReasonLost     Reason = "lost"     // the connection broke, or the terminal closed it
	ReasonFailed   Reason = "failed"   // something went wrong on this side
	ReasonCrowded  Reason = "crowded"  // too many came at once
)

// refusal is the word that the terminal is told when its connection ends for r, "" for none.
func (r Reason) refusal() wire.RefusalCode {
	switch r {
	case ReasonClosing:
		return wire.RefusedClosing
	case ReasonReplaced:
		return wire.RefusedReplaced
	case ReasonDropped:
		return wire.RefusedUnknown
	case ReasonVersion:
		return wire.RefusedVersion
	case ReasonProtocol:
		return wire.RefusedProtocol
	}
	return ""
}

// sentence is what the person who installs the terminal reads.
func sentence(code wire.RefusalCode) string {
	switch code {
	case wire.RefusedUnknown:
		return "平台上没有这个设备。请在平台上新建设备,用新的接入码再接入。"
	case wire.RefusedPending:
		return "设备还没有批准。请在平台上核对 6 位数字后批准。"
	case wire.RefusedKey:
		return "设备的密钥和平台上登记的不一样。请用新的接入码重新接入。"
	case wire.RefusedVersion:
		return "设备软件和平台的版本不配套。请更新设备软件。"
	case wire.RefusedReplaced:
		return "同一个设备又连了一次,这一次先断开。如果反复出现,可能有两台机器用了同一份拷贝。"
	case wire.RefusedProtocol:
		return "平台看不懂设备发来的内容,已断开。请更新设备软件。"
	case wire.RefusedClosing:
		return "平台正在重启,设备会自动重新连接。"
	}
	return ""
}

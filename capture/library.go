package capture

import (
	"bytes"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
)

// library is a decoder for a link header that is not common enough to be read
// here: Wi-Fi with or without what the radio says, FDDI, the log of a
// firewall. Package layers of gopacket takes the headers off, and tells where
// IP begins.
func library(link layers.LinkType) func(*decoder) (protocol, reason) {
	return func(d *decoder) (protocol, reason) {
		p := gopacket.NewPacket(d.rest, link, gopacket.DecodeOptions{Lazy: true, NoCopy: true})
		p.NetworkLayer() // up to IP, and no further
		at := 0
		for _, l := range p.Layers() {
			kind := l.LayerType()
			if (kind == layers.LayerTypeIPv4 || kind == layers.LayerTypeIPv6) && bytes.HasPrefix(d.rest[at:], l.LayerContents()) {
				d.take(at)
				return d.rawIP()
			}
			if at += len(l.LayerContents()); at > len(d.rest) {
				break
			}
			if l.LayerType() == layers.LayerTypeSNAP && p.ErrorLayer() != nil && at < len(d.rest) {
				// The library wants the whole IP header; it may be cut.
				if s, _ := l.(*layers.SNAP); s.Type == layers.EthernetTypeIPv4 || s.Type == layers.EthernetTypeIPv6 {
					d.take(at)
					return d.rawIP()
				}
			}
		}
		return done, notIPThere
	}
}

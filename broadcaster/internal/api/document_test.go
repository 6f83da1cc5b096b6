package api

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write openapi.json anew")

// TestOpenAPIDocumentIsCommitted keeps openapi.json, from which the console's types are made, true to the routes.
func TestOpenAPIDocumentIsCommitted(t *testing.T) {
	document, err := json.MarshalIndent(New(Options{}, NewFeed()).huma.OpenAPI(), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	document = append(document, '\n')
	if *update {
		if err := os.WriteFile("openapi.json", document, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	committed, err := os.ReadFile("openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(document, committed) {
		t.Fatal("openapi.json differs from the routes: make generate")
	}
}

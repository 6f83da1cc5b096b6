package playlists

// GridCode names a node of the grid tree: 12 digits (the statistical division code) for a village or community, three
// more for an economic society, three more for a household group; nine digits for the town above them. An ancestor's
// code is a prefix of its descendants' codes.
type GridCode string

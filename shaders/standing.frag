#version 330
// Depth alone: for the sun's map.
void main() {}

#version 330
// One depth picture into another of the same size.
uniform sampler2D u_source;

void main() { gl_FragDepth = texelFetch(u_source, ivec2(gl_FragCoord.xy), 0).r; }

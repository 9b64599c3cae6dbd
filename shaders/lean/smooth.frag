#version 330
// Edges without stairs by six looks: as smooth.frag, without following an edge far.
#pragma include "../lib/state.glsl"
#pragma include "../lib/color.glsl"
uniform sampler2D u_source;  // colour, sRGB
uniform vec2 u_texel;
in vec2 uv;
out vec4 color;

vec3 at(vec2 offset) { return textureLod(u_source, uv + offset * u_texel, 0.0).rgb; }

void main() {
    float nw = luminance(at(vec2(-0.5, 0.5))), ne = luminance(at(vec2(0.5, 0.5)));
    float sw = luminance(at(vec2(-0.5, -0.5))), se = luminance(at(vec2(0.5, -0.5)));
    vec2 along = vec2(-((nw + ne) - (sw + se)), (nw + sw) - (ne + se));
    float damp = max((nw + ne + sw + se) * 0.03, 1.0 / 128.0);
    along = clamp(along / (min(abs(along.x), abs(along.y)) + damp), -4.0, 4.0) * (1.0 / 6.0);
    // Where there is no edge both looks are at this pixel; points of the night are left alone.
    float contrast = max(max(nw, ne), max(sw, se)) - min(min(nw, ne), min(sw, se));
    along *= smoothstep(1.0 / 40.0, 1.0 / 20.0, contrast) * step(S_afloat, 0.5);
    color = vec4(0.5 * (at(along) + at(-along)), 1.0);
}

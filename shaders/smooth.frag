#version 330
// Edges without stairs, from one picture alone: where luminance breaks, blend along the break
// (the idea of FXAA, Lottes 2009). Points of the night are left as they are.
#pragma include "lib/state.glsl"
#pragma include "lib/color.glsl"
uniform sampler2D u_source;  // colour, sRGB
uniform vec2 u_texel;
in vec2 uv;
out vec4 color;

const float LEAST = 1.0 / 24.0;  // contrast that the eye sees in the dark
const float SHARE = 1.0 / 8.0;   // and of what is bright
const float SPAN = 8.0;          // pixels that an edge is followed at most

vec3 at(vec2 offset) { return textureLod(u_source, uv + offset * u_texel, 0.0).rgb; }

void main() {
    vec3 here = at(vec2(0.0));
    float m = luminance(here);
    float nw = luminance(at(vec2(-0.5, 0.5))), ne = luminance(at(vec2(0.5, 0.5)));
    float sw = luminance(at(vec2(-0.5, -0.5))), se = luminance(at(vec2(0.5, -0.5)));
    float low = min(m, min(min(nw, ne), min(sw, se)));
    float high = max(m, max(max(nw, ne), max(sw, se)));
    color = vec4(here, 1.0);
    if (high - low < max(LEAST, high * SHARE) || S_afloat > 0.5) return;
    vec2 along = vec2(-((nw + ne) - (sw + se)), (nw + sw) - (ne + se));
    float damp = max((nw + ne + sw + se) * 0.03, 1.0 / 128.0);
    along = clamp(along / (min(abs(along.x), abs(along.y)) + damp), -SPAN, SPAN);
    vec3 near = 0.5 * (at(along * (1.0 / 3.0 - 0.5)) + at(along * (2.0 / 3.0 - 0.5)));
    vec3 wide = near * 0.5 + 0.25 * (at(along * -0.5) + at(along * 0.5));
    float l = luminance(wide);
    color.rgb = l < low || l > high ? near : wide;
}

#version 330
// The clear sky of one moment over the upper half space, seen as in a mirrored ball from below
// (paraboloid, Heidrich & Seidel 1998): what haze and reflections look up.
#pragma include "lib/atmosphere.glsl"
in vec2 uv;
out vec4 color;

void main() {
    vec2 p = uv * 2.0 - 1.0;
    float r = dot(p, p);
    color = vec4(clear_sky(vec3(2.0 * p, 1.0 - r) / (1.0 + r)), 1.0);
}

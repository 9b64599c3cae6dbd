#version 330
// A round mote: a soft dot, or, where it is very near, a pale disc as a lens makes it.
in vec4 v_color;
in float v_disc;
out vec4 color;

void main() {
    vec2 p = gl_PointCoord * 2.0 - 1.0;
    float r = dot(p, p);
    if (r > 1.0) discard;
    float dot_ = (exp(-3.2 * r) - 0.041) * 1.04;
    float disc = (1.0 - smoothstep(0.55, 1.0, r)) * (0.55 + 0.25 * r);
    color = v_color * mix(dot_, disc, v_disc);
}

#version 330
// A round, soft point.
in vec3 v_color;
out vec4 color;

void main() {
    vec2 p = gl_PointCoord * 2.0 - 1.0;
    float r = dot(p, p);
    color = vec4(v_color * exp(-4.0 * r) * (1.0 - smoothstep(0.7, 1.0, r)), 1.0);
}

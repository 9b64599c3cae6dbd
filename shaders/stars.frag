#version 330
// A round, soft star.
in vec3 v_color;
in float v_radius;
out vec4 color;

void main() {
    vec2 p = (gl_PointCoord - 0.5) * 2.0;
    float r = dot(p, p);
    float fade = 1.0 - smoothstep(0.6, 1.0, r);
    color = vec4(max(v_color, 0.0) * exp(-0.5 * r * v_radius * v_radius) * fade, 1.0);
}

#version 330
// A root of light: a hot core in a soft sheath.
in float v_across;
in vec3 v_shine;
out vec4 color;

void main() {
    float a = v_across * v_across, edge = 1.0 - smoothstep(4.0, 11.0, a);
    color = vec4(v_shine * (0.85 * exp(-a * 3.2) + 0.24 * exp(-a * 0.8) + 0.06 * exp(-abs(v_across) * 0.75)) * edge, 0.0);
}

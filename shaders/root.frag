#version 330
// A root of light: a hot core in a soft sheath.
in float v_across;
in vec3 v_shine;
out vec4 color;

void main() {
    float a = v_across * v_across, edge = 1.0 - smoothstep(4.0, 11.0, a);
    color = vec4(v_shine * (exp(-a * 1.1) + 0.13 * exp(-abs(v_across) * 0.75)) * edge, 0.0);
}

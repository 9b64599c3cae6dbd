#version 330
// A sheet on the stone that takes the sky's light from it.
#pragma include "lib/frame.glsl"
in vec4 p3d_Vertex;
in float dark;
out vec3 v_rest;
out float v_dark;

const float NEARER = 0.003;  // metres to the eye: over the stone, but under linen that lies on it

void main() {
    v_rest = p3d_Vertex.xyz;
    v_dark = dark;
    gl_Position = p3d_ViewProjectionMatrix * vec4(v_rest + NEARER * normalize(eye() - v_rest), 1.0);
}

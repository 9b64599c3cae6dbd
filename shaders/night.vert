#version 330
// The dome of the night: a sphere about the eye, at the far plane.
#pragma include "lib/frame.glsl"
uniform mat4 p3d_ProjectionMatrix;
in vec4 p3d_Vertex;   // a direction in the dream's axes
in vec3 galactic;     // the same in galactic axes
out vec3 v_galactic;
out vec3 v_dir;

void main() {
    vec4 at = p3d_ProjectionMatrix * vec4(mat3(p3d_ViewMatrix) * p3d_Vertex.xyz, 1.0);
    gl_Position = vec4(at.xy, at.w * 0.9999999, at.w);
    v_galactic = galactic;
    v_dir = p3d_Vertex.xyz;
}

#version 330
// One triangle over the whole picture, at the far plane.
uniform mat4 p3d_ProjectionMatrixInverse;
#pragma include "lib/frame.glsl"
in vec4 p3d_Vertex;
out vec3 v_dir;

void main() {
    gl_Position = vec4(p3d_Vertex.xy, 0.9999999, 1.0);
    vec4 far = p3d_ProjectionMatrixInverse * vec4(p3d_Vertex.xy, 1.0, 1.0);
    v_dir = mat3(p3d_ViewMatrixInverse) * (far.xyz / far.w);
}

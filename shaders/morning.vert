#version 330
// One triangle over the whole picture, behind what is near.
uniform mat4 p3d_ProjectionMatrixInverse;
#pragma include "lib/frame.glsl"
in vec4 p3d_Vertex;
out vec3 v_dir;

void main() {
    gl_Position = vec4(p3d_Vertex.xy, S_last_dawn > 0.0 ? 0.9999 : 2.0, 1.0);
    vec4 far = p3d_ProjectionMatrixInverse * vec4(p3d_Vertex.xy, 1.0, 1.0);
    v_dir = mat3(p3d_ViewMatrixInverse) * (far.xyz / far.w);
}

#version 330
// The sheet about the visitor's feet that takes the sky's light from the stone.
#pragma include "lib/frame.glsl"
#pragma include "lib/stand.glsl"
in vec4 p3d_Vertex;
in float dark;
out float v_dark;

void main() {
    vec3 point = stood(p3d_Vertex.xyz);
    v_dark = dark;
    gl_Position = p3d_ViewProjectionMatrix * vec4(point, 1.0);
    // Some slabs lie higher than the plane under a foot, and must not hide it.
    vec4 nearer = p3d_ViewProjectionMatrix * vec4(point + normalize(p3d_ViewMatrixInverse[3].xyz - point) * 0.05, 1.0);
    gl_Position.z = nearer.z / nearer.w * gl_Position.w;
}

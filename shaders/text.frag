#version 330
// A letter's coverage, or a panel. Colours are sRGB: this is drawn over the finished picture.
uniform sampler2D p3d_Texture0;
uniform vec4 u_color;
uniform float u_panel;  // 0: a letter; 1: a plain panel; 2: one that fades out to its edges
in vec2 uv;
out vec4 color;
void main() {
    vec2 edge = smoothstep(vec2(0.0), vec2(0.45), min(uv, 1.0 - uv));
    float cover = texture(p3d_Texture0, uv).a;
    if (u_panel > 1.5) cover = edge.x * edge.y;
    else if (u_panel > 0.5) cover = 1.0;
    color = vec4(u_color.rgb, u_color.a * cover);
}

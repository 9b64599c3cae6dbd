#version 330
// A letter's coverage, or a plain panel. Colours are sRGB: this is drawn over the finished picture.
uniform sampler2D p3d_Texture0;
uniform vec4 u_color;
uniform float u_panel;  // 1: no letter, all of it
in vec2 uv;
out vec4 color;
void main() {
    float cover = u_panel > 0.5 ? 1.0 : textureLod(p3d_Texture0, uv, 0.0).a;
    color = vec4(u_color.rgb, u_color.a * cover);
}

#version 330
// Star-like glints that drift about the eye; dust that dances when the earth quivers; and, once there
// are flowers, as many grains of pollen that rise from them.
#pragma include "lib/light.glsl"
in vec4 p3d_Vertex;  // glints: a place in the unit box; dust and pollen: metres on the floor
in float kind;
in vec2 own;
out vec3 v_color;
const vec3 BOX = vec3(26.0, 26.0, 7.0);  // metres that the glints fill before they come round again

void main() {
    gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
    gl_PointSize = 1.0;
    v_color = vec3(0.0);
    float pollen = S_bloom * (1.0 - S_held) * (1.0 - smoothstep(0.0, 0.3, S_dissolve));
    float amount = kind < 0.5 ? S_glints : max(S_tremor, pollen);
    if (amount <= 0.0) return;
    vec3 p;
    float size;
    if (kind < 0.5) {
        vec3 at = p3d_Vertex.xyz * BOX;
        at += vec3(0.10, 0.05, 0.035) * S_breath * (0.5 + own.x);
        vec3 from = vec3(eye().xy - BOX.xy * 0.5, 0.15);
        p = from + mod(at - from, BOX);
        p += 0.25 * curl(p * 0.45 + own.y * 9.0 + S_breath * 0.06);
        float twinkle = pow(0.5 + 0.5 * sin(S_breath * (0.7 + 1.6 * own.x) + own.y * 40.0), 5.0);
        float edge = (1.0 - smoothstep(8.0, 13.0, length(p.xy - eye().xy))) * (1.0 - smoothstep(4.5, 7.0, p.z));
        v_color = mix(srgb(0xCFE0FF), srgb(0xFFE3D0), own.y) * (0.25 + 3.2 * twinkle) * edge * amount;
        size = 0.008 + 0.006 * own.x;
    } else if (pollen > 0.0) {
        // Thickest about the fallen one, where the flowers are.
        float rises = fract(S_breath * (0.022 + 0.02 * own.x) + own.y * 7.0);
        p = p3d_Vertex.xyz * 0.027 * length(p3d_Vertex.xy);
        p += vec3(0.30, 0.30, 0.0) * curl(vec3(p.xy * 1.3, own.y * 5.0 + S_breath * 0.08)) * (0.3 + rises);
        p.z = 0.04 + 0.75 * rises * (0.4 + 0.6 * own.y);
        float twinkle = 0.5 + 0.5 * sin(S_breath * (0.6 + own.x) + own.y * 60.0);
        float life = smoothstep(0.0, 0.15, rises) * (1.0 - smoothstep(0.55, 1.0, rises));
        v_color = srgb(0xFFE3B8) * (0.4 + 2.6 * twinkle * twinkle) * life * pollen * S_lit;
        v_color *= smoothstep(0.0, 2.0, S_flowers_front - length(p.xy));
        size = 0.0030 + 0.0030 * own.x;
    } else {
        float hop = fract(S_story * (1.6 + 1.2 * own.x) + own.y * 7.0);
        float height = (0.03 + 0.12 * own.x * own.x) * amount;
        p = p3d_Vertex.xyz;
        p.xy += 0.03 * vec2(sin(own.y * 50.0), cos(own.y * 50.0)) * hop;
        p.z = 0.01 + height * 4.0 * hop * (1.0 - hop);
        v_color = (sky_light(vec3(0.0, 0.0, 1.0)) + vec3(0.30, 0.10, 0.07)) * 2.2 * amount;
        size = 0.006 + 0.004 * own.y;
    }
    vec4 clip = p3d_ViewProjectionMatrix * vec4(p, 1.0);
    float wide = size * u_size.y / max(clip.w, 0.2);
    float least = 1.5;
    v_color *= min(wide * wide / (least * least), 1.0) * smoothstep(0.25, 0.7, clip.w);
    gl_PointSize = clamp(wide, least, 7.0) * 2.0;
    gl_Position = clip;
}

#version 330
// A stream of vapour: smoke that is drawn out along its way, torn and knotted, violet and silver far
// off, with a crimson rim to the sun, and alight where it nears the orb.
#pragma include "lib/frame.glsl"
#pragma include "lib/color.glsl"
#pragma include "lib/noise.glsl"
in vec2 v_corner;
in vec4 v_strand;
in vec3 v_light;
out vec4 color;

void main() {
    float t = v_corner.x, x = v_corner.y, own = v_strand.z, stout = v_strand.w;
    float head = smoothstep(0.0, 0.22, v_strand.x - t);
    float ends = smoothstep(0.05, 0.34, t) * (1.0 - smoothstep(0.96, 1.0, t));
    float near = smoothstep(0.12, 0.30, v_strand.y);
    // Its fibres are drawn out along it and bent by slower ones; where those fall low it is torn.
    float flow = S_breath * 0.050, run = v_light.z;
    // What is close about the hand is drawn out long, and so thin that the hand is seen.
    float close = exp(-v_light.x * v_light.x * 14.0);
    vec4 slow = textureLod(u_clouds, vec2(own * 7.3 + 0.10 * x, run * 0.34 - flow), 2.5);
    float bent = x + 1.5 * (slow.x - 0.5) + 0.35 * sin(run * 3.1 + own * 50.0 - 3.0 * flow);
    float fibres = textureLod(u_smoke, vec2(own * 3.1 + bent * mix(0.10, 0.30, stout), run * mix(0.26, 0.13, close) - 0.8 * flow), mix(1.6, 2.8, close)).w;
    float folds = textureLod(u_smoke, vec2(own * 5.7 + bent * mix(0.05, 0.16, stout), run * mix(0.52, 0.26, close) - 1.2 * flow + 0.16 * bent), mix(2.0, 3.0, close)).x;
    float soft = max(1.0 - x * x, 0.0);
    float sheet = exp(-bent * bent * mix(2.5, 1.2, stout)), spine = exp(-pow((bent - 0.4 * (slow.y - 0.5)) * 5.0, 2.0));
    float torn = mix(smoothstep(0.38, 0.68, 0.6 * slow.x + 0.4 * folds + 0.06), 0.65, 0.4 * close);
    float smoke = sheet * (0.05 + 1.7 * fibres * fibres) * (0.12 + 1.3 * folds) + spine * mix(1.0, 0.35, stout) * (0.3 + fibres);
    float thick = soft * soft * torn * smoke * ends * head * near * smoothstep(0.05, 0.5, v_light.y) * smoothstep(0.0, 0.25, S_gather);
    float strong = fract(own * 29.0), d = v_light.x;
    float fall = 1.0 / (1.0 + d * d / 0.008) + 0.12 / (1.0 + d * d / 0.12);
    thick *= mix(0.16, 1.2, strong * strong * strong) * mix(4.0, 0.22, close) * (1.0 + 1.1 * smoothstep(0.5, 0.98, fall));
    float alpha = 1.0 - exp(-thick);
    // Thin smoke lets the sun through from behind, most at its edges; the orb lights what is near it.
    float rim = smoothstep(0.1, 0.9, abs(x)) * (1.0 - alpha);
    vec3 hue = mix(srgb(0x857FA6) * 0.42, srgb(0xC8D0DA) * vec3(0.44, 0.47, 0.60), smoothstep(0.1, 0.9, alpha + 0.5 * folds));
    hue += srgb(0xFF6A48) * S_lit * (0.07 + 0.26 * rim) * smoothstep(0.15, 0.8, d);
    hue += mix(srgb(0x3F8CEC), srgb(0xA6D6FF), clamp(1.2 * fall * (0.4 + alpha), 0.0, 1.0)) * (0.25 + 0.75 * min(S_orb_light, 1.0)) * S_gather * 3.6 * fall;
    color = vec4(hue * alpha, alpha * mix(0.75, 0.20, close));
}

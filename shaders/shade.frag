#version 330
// Ambient occlusion from the depth picture: how much of the sky each place sees past what stands
// within arm's reach (ground-truth ambient occlusion; Jimenez, Wu, Pesce & Jarabo 2016).
#pragma include "lib/frame.glsl"
#pragma include "lib/noise.glsl"
uniform sampler2D u_depth;
uniform mat4 u_world_from_clip;
uniform vec3 u_eye;
uniform vec2 u_texel;  // of the depth picture
in vec2 uv;
out vec4 color;

const float REACH = 0.9;  // metres
const float SLICES = 3.0, STEPS = 5.0;
const float LARGEST = 0.16;  // of the picture's height: a hand before the eye shades no hill

vec3 place(vec2 at) {
    // Depth is known at the middles of its texels; a middle of this picture may lie between.
    at = (floor(at / u_texel + 0.25) + 0.5) * u_texel;
    vec4 p = u_world_from_clip * vec4(vec3(at, textureLod(u_depth, at, 0.0).r) * 2.0 - 1.0, 1.0);
    return p.xyz / p.w;
}

// The nearer of two neighbours' differences: a normal that does not bend over an edge.
vec3 nearer(vec3 a, vec3 b) { return dot(a, a) < dot(b, b) ? a : b; }

void main() {
    color = vec4(1.0);
    if (textureLod(u_depth, uv, 0.0).r >= 0.99999) return;
    vec3 p = place(uv);
    vec3 v = u_eye - p;
    float range = length(v);
    v /= range;
    if (range > 60.0) return;
    vec2 x = vec2(u_texel.x, 0.0), y = vec2(0.0, u_texel.y);
    vec3 across = nearer(place(uv + x) - p, p - place(uv - x));
    vec3 up = nearer(place(uv + y) - p, p - place(uv - y));
    vec3 n = normalize(cross(across, up));
    if (dot(n, v) < 0.0) n = -n;
    // Metres at this range as a share of the picture.
    vec3 right = place(uv + x) - p;
    float pixel = max(length(cross(right, v)), 1e-5);
    float reach = min(REACH / pixel * u_texel.x, LARGEST * u_texel.x / u_texel.y);
    if (reach < u_texel.x * 1.5) return;
    float chance = gradient_dither(gl_FragCoord.xy);
    float jitter = fract(chance * 7.31);
    float seen = 0.0;
    for (float slice = 0.0; slice < SLICES; slice += 1.0) {
        float turn = (slice + chance) / SLICES * PI;
        vec2 way = vec2(cos(turn), sin(turn)) * vec2(reach, reach * u_texel.y / u_texel.x);
        vec3 lying = way.x * normalize(across - v * dot(across, v))
            + way.y * normalize(up - v * dot(up, v));
        vec3 tangent = normalize(lying - v * dot(lying, v));
        vec3 axis = normalize(cross(tangent, v));
        vec3 inside = n - axis * dot(n, axis);
        float share = length(inside);
        float lean = sign(dot(inside, tangent)) * acos(clamp(dot(inside, v) / max(share, 1e-4), -1.0, 1.0));
        vec2 horizon = vec2(-1.0);  // cosines of the highest thing to either side
        for (float i = 0.0; i < STEPS; i += 1.0) {
            float s = (i + jitter) / STEPS;
            vec2 o = way * max(s * s, 1.5 * u_texel.x / reach);
            for (int side = 0; side < 2; ++side) {
                vec3 to = place(side == 0 ? uv + o : uv - o) - p;
                float away = length(to);
                float here = dot(to, v) / max(away, 1e-4);
                float fade = clamp(1.3 - away / REACH, 0.0, 1.0);
                here = mix(-1.0, here, fade);
                if (side == 0) horizon.x = max(horizon.x, here);
                else horizon.y = max(horizon.y, here);
            }
        }
        float one = lean + max(-acos(horizon.y) - lean, -0.5 * PI);
        float two = lean + min(acos(horizon.x) - lean, 0.5 * PI);
        float arc = 0.25 * (-cos(2.0 * one - lean) + cos(lean) + 2.0 * one * sin(lean))
            + 0.25 * (-cos(2.0 * two - lean) + cos(lean) + 2.0 * two * sin(lean));
        seen += share * arc;
    }
    float open = clamp(seen / SLICES, 0.0, 1.0);
    color = vec4(mix(open, 1.0, smoothstep(40.0, 60.0, range)));
}
